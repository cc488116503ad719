/**
 * What Kafka's clients fail with, told so that the setting to correct is named.
 * Start at {@link io.antichain.schemas.kafka.KafkaRefusal}.
 */
package io.antichain.schemas.kafka;
