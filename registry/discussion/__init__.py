"""Comments on cases, findings and concepts, and the boards of organisations and ministries."""
