"""A long steady load: does the product at its end run as fast, and in as much memory, as at its beginning?"""
