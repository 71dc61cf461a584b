"""Room solve."""
