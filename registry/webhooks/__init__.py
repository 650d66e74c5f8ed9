"""Webhooks: what imports changed, posted to those who follow it, signed (Standard Webhooks 1.0) and tried again.

`hooks` says what a webhook is and where it may lead, `store` keeps them with their deliveries in ``state.db``,
`posting` sends one message, `notifying` decides who is to be told what, and when again. No Flask here.
"""
