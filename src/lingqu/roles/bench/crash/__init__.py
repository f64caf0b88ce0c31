"""Kill the product's processes at random moments under load, and prove afterwards that nothing is lost or doubled."""
