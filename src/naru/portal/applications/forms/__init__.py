"""What applicants type: who they are, the answers of the application, documents, the self-checks."""
