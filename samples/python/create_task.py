#!/usr/bin/env python3
"""Creates a task over Kafka, waits for the answer, and shows the facts that follow.

Needs kafka-python and lz4, which our records are compressed with (Debian: python3-kafka, python3-lz4). BROKER, TOKEN and USERID come from the environment; the title is the argument.
Ends with 0 when the command was accepted, 1 when it was refused, 2 when nobody answered.
"""
import base64
import hashlib
import hmac
import json
import os
import sys
import time
import uuid

from kafka import KafkaConsumer, KafkaProducer, TopicPartition

PATIENCE = 30


def signature(token, event_id, source, event_type, data):
    """The header todo-signature, as the page at /contracts describes it."""
    name, secret = token[5:27], base64.urlsafe_b64decode(token[27:] + "=")
    at = int(time.time())
    signed = f"v1\n{name}\n{at}\n{event_id}\n{source}\n{event_type}\n".encode() + data
    mac = hmac.new(hashlib.sha256(secret).digest(), signed, hashlib.sha256).digest()
    return f"v1.{name}.{at}." + base64.urlsafe_b64encode(mac).decode().rstrip("=")


def send(producer, token, event_type, data):
    """Writes a command under the task's id and returns the command's id."""
    event_id, source, body = str(uuid.uuid4()), "/samples/python", json.dumps(data).encode()
    envelope = json.dumps({"specversion": "1.0", "id": event_id, "source": source, "type": event_type})
    value = envelope[:-1].encode() + b', "data": ' + body + b"}"  # the very bytes that are signed
    headers = [
        ("content-type", b"application/cloudevents+json"),
        ("todo-signature", signature(token, event_id, source, event_type, body).encode()),
    ]
    producer.send("task-commands", key=data["taskId"].encode(), value=value, headers=headers)
    producer.flush()
    return event_id


def listen(broker, *topics):
    """From now on, without a group: every partition of the topics."""
    consumer = KafkaConsumer(bootstrap_servers=broker, consumer_timeout_ms=500)
    consumer.assign([TopicPartition(topic, part) for topic in topics for part in consumer.partitions_for_topic(topic)])
    consumer.seek_to_end()
    for partition in consumer.assignment():
        consumer.position(partition)  # asked for now, or what comes before the first poll would be missed
    return consumer


def main():
    broker, token, user = (os.environ[name] for name in ("BROKER", "TOKEN", "USERID"))
    task = str(uuid.uuid4())
    consumer = listen(broker, "task-command-results", "task-events")
    producer = KafkaProducer(bootstrap_servers=broker)
    command = send(producer, token, "todo.task.create.v1", {"taskId": task, "userId": user, "task": {"title": sys.argv[1]}})

    result, created, deadline = None, None, time.time() + PATIENCE
    while time.time() < deadline and not (created and result):
        for record in consumer:
            event, key = json.loads(record.value), record.key.decode()
            if record.topic == "task-events" and key == task:
                created = event
                print(f"fact: {event['type']} version {event['data']['task']['version']} \"{event['data']['task']['title']}\"")
            if record.topic == "task-command-results" and key == command:
                result = event
            if result and (created or result["type"] != "todo.task.command-accepted.v1"):
                break
        if result and result["type"] != "todo.task.command-accepted.v1":
            problem = result["data"]["problem"]
            print(f"refused, {problem['status']}: {problem['detail']} {json.dumps(problem.get('errors', {}))}")
            return 1
    if not result:
        print("nobody answered", file=sys.stderr)
        return 2
    print(f"accepted, version {result['data']['version']}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
