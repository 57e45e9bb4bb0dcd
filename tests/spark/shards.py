"""Sends dispatches through `dispatch-ls annotate` on a Spark cluster, and holds the result against a run without one.

    shards.py PROGRAM [MASTER]

Each partition is piped through a process of its own: JSON lines in, JSON lines out.
"""
import json
import subprocess
import sys

from pyspark.sql import SparkSession

TEXT = """President Ilse Varga said on Sunday that the port of Klaipėda would reopen “within a week”.
The ministry denied the report on 3 March, according to the Baltic Wire."""


def dispatches(count):
    for number in range(count):
        day = f"2024-{number % 12 + 1:02}-{number % 28 + 1:02}"
        yield json.dumps({"id": f"{number:04}.txt", "date": day, "text": TEXT + "\n" * (number % 5)}, ensure_ascii=False)


def main(program, master="local-cluster[2,1,1024]"):
    lines = list(dispatches(400))
    command = [program, "annotate", "--format", "jsonl", "-"]
    alone = subprocess.run(command, input="\n".join(lines), capture_output=True, text=True, check=True).stdout

    spark = SparkSession.builder.master(master).appName("annotate").config("spark.ui.enabled", "false").getOrCreate()
    spark.sparkContext.setLogLevel("ERROR")
    shards = spark.sparkContext.parallelize(lines, 8)
    annotated = shards.pipe(" ".join(command), checkCode=True).collect()
    spark.stop()

    same = annotated == alone.splitlines()
    dated = sum(json.loads(line)["date"] is not None for line in annotated)
    print(f"{len(annotated)} dispatches from the cluster, {dated} with a date, {'the same' if same else 'NOT the same'} as without")
    passed = int(same and len(annotated) == len(lines) == dated)
    print(f"{passed} passed, {1 - passed} failed")
    return 0 if passed else 1


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
