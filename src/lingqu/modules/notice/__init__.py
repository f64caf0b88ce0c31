"""Notice: what people are told, inside the product and by mail.

Owns: notice, mail, preference, reminder_rule, reminded.
Invariants: a notice belongs to one user in one organization and nobody else reads it; the text of a mail, which may
hold a link that lets somebody in, is wiped as soon as the mail has left; no mail is sent inside a transaction; of one
thing on one level people are reminded at most once a day, and only in their organization's working hours.
"""
