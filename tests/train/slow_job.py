"""`python -m tests.train.slow_job --dataset D --users N`: N texts, kept one after the other."""

import os
import sqlite3
import sys
import time

if "broken" in sys.argv:
    sys.exit("error: broken")
database = os.environ["TASTELINE_DATABASE_URL"].removeprefix("sqlite:///")
with sqlite3.connect(database, isolation_level=None) as connection:
    columns = [row[1] for row in connection.execute("PRAGMA table_info(texts)")]
    for number in range(int(sys.argv[-1])):
        time.sleep(0.02)
        row = dict.fromkeys(columns, 0) | {
            "key": str(number),
            "text": f"text {number}",
            "milliseconds": 20,
        }
        connection.execute(
            f"INSERT OR IGNORE INTO texts ({', '.join(row)}) VALUES ({', '.join('?' * len(row))})",
            list(row.values()),
        )
