"""What the pages of selection and matching draw: decisions and records as rows, columns and sentences."""
