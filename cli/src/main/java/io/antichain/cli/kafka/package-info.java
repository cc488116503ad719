/** What the commands ask of a Kafka cluster: create the topics, read them whole or follow them, wait for the analyzer. */
package io.antichain.cli.kafka;
