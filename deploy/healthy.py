"""Is the explorer well? Ends with 0 when it says so itself: `python deploy/healthy.py [PORT]`.

The body of the answer is compared, never the status alone: Streamlit answers paths that do not exist with 200 and its
page. Behind sign-in the word comes from /healthz, in the public way from Streamlit's own path.
"""

import http.client
import sys

PATHS = ["/healthz", "/_stcore/health"]
LONGEST = 2  # bytes of the only right answer


def says_ok(port: int, path: str) -> bool:
    """Whether a path of this computer answers with the one word."""
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=2)
    try:
        connection.request("GET", path, headers={"Host": "localhost"})
        answer = connection.getresponse()
        return answer.status == 200 and answer.read(LONGEST + 1) == b"ok"
    except (OSError, http.client.HTTPException):
        return False
    finally:
        connection.close()


if __name__ == "__main__":
    port = int(sys.argv[1]) if len(sys.argv) > 1 else 8501
    sys.exit(not any(says_ok(port, path) for path in PATHS))
