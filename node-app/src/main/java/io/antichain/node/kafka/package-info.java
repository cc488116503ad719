/**
 * The node at Kafka: one writer thread owns the state, publishes in transactions and delivers what a reader thread hands
 * over. Start at {@link io.antichain.node.kafka.KafkaNode}, then read {@code Writer}.
 */
package io.antichain.node.kafka;
