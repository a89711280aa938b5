"""The bus: RabbitMQ, or an in-process broker with the same manners, behind kombu; no nameko, no eventlet."""
