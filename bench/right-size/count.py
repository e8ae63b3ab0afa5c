"""One tool counts the results in a file of chess games: count.py FILE TOOL. Prints the counts and the version as JSON."""

import json
import sys

path, tool = sys.argv[1:]
if tool == "duckdb":
    import duckdb

    duckdb.execute("SET threads = 2")
    rows = duckdb.execute(
        "SELECT line, count(*) FROM read_csv(?, columns = {'line': 'VARCHAR'}, header = false, delim = chr(1), quote = '', "
        "escape = '', strict_mode = false) WHERE starts_with(line, '[Result ') GROUP BY line",
        [path],
    ).fetchall()
    version = duckdb.__version__
else:
    import pyspark
    from pyspark.sql import SparkSession

    builder = SparkSession.builder.master("local[2]").config("spark.ui.enabled", "false")
    session = builder.config("spark.driver.memory", "3g").getOrCreate()
    session.sparkContext.setLogLevel("ERROR")
    lines = session.read.text(path)
    rows = [(row["value"], row["count"]) for row in lines.filter(lines.value.startswith("[Result ")).groupBy("value").count().collect()]
    session.stop()
    version = pyspark.__version__
print(json.dumps({"counts": {line.split('"')[1]: count for line, count in rows}, "version": version}))
