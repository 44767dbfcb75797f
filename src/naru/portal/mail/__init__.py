"""Mail: an outbox row is written in the transaction of the act it tells of; a worker sends it."""
