"""Gateways behind `domain.ports.gateway.PaymentGateway`, each alone in its file, and the receipt."""
