"""Technology: database, migrations, HTTP, events, jobs, engines. Knows no module of the business."""
