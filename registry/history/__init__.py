"""What things were before an import changed or retired them."""
