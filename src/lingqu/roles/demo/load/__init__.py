"""Put a plan into the product: through the modules' own functions, with the plan's own dates."""
