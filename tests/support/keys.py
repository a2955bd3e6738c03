"""Keys for encrypted databases in tests: known to everybody, so good for nothing else."""

import base64

KEY = "1:" + base64.urlsafe_b64encode(b"a key for tests, open to anybody").decode().rstrip("=")
OTHER_KEY = "1:" + base64.urlsafe_b64encode(b"another one with the same number").decode().rstrip("=")
NEW_KEY = "2:" + base64.urlsafe_b64encode(b"the next one, as open to anybody").decode().rstrip("=")
