"""The public page: reports are filed and followed without an account. It can be switched off."""
