/**
 * Kafka serializer and deserializer in Confluent's wire format, and the registry client behind them.
 * Start at {@link io.antichain.schemas.registry.AvroDeserializer}.
 */
package io.antichain.schemas.registry;
