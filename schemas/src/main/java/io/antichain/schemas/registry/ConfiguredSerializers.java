package io.antichain.schemas.registry;

import io.antichain.schemas.Conflict;
import io.antichain.schemas.codec.AvroTrust;
import io.antichain.schemas.codec.WireCodec;
import java.util.HashMap;
import java.util.Map;
import org.apache.kafka.common.config.ConfigException;
import org.apache.kafka.common.serialization.Deserializer;
import org.apache.kafka.common.serialization.Serializer;
import org.apache.kafka.common.utils.Utils;

/** The value serializer and deserializer that a client's settings name, ours if they name none. */
public final class ConfiguredSerializers {
    static {
        AvroTrust.grant(); // as others' deserializers make our records too
    }

    private static final String SERIALIZER = "value.serializer";
    private static final String DESERIALIZER = "value.deserializer";

    private ConfiguredSerializers() {}

    /** @throws ConfigException if the class named is not on the class path */
    public static Deserializer<?> deserializer(Map<String, Object> client) {
        Map<String, Object> config = new HashMap<>(client);
        config.putIfAbsent("specific.avro.reader", true);
        Deserializer<?> deserializer = instance(config, DESERIALIZER, AvroDeserializer.class, Deserializer.class);
        deserializer.configure(config, false);
        return deserializer;
    }

    /** As {@link #deserializer}; events may come as {@link io.antichain.schemas.Event}, which is read in less time. */
    public static Deserializer<?> values(Map<String, Object> client) {
        Deserializer<?> deserializer = deserializer(client);
        return deserializer instanceof AvroDeserializer ours ? ours.values() : deserializer;
    }

    /** As {@link #deserializer}. */
    @SuppressWarnings("unchecked")
    public static Serializer<Object> serializer(Map<String, Object> client) {
        Map<String, Object> config = new HashMap<>(client);
        // So that Confluent's finds the version that ours has registered.
        config.putIfAbsent("avro.remove.java.properties", true);
        Serializer<Object> serializer = instance(config, SERIALIZER, AvroSerializer.class, Serializer.class);
        serializer.configure(config, false);
        return serializer;
    }

    /** The bytes of a conflict; ours writes them in less time than those of its record. */
    public static byte[] serializeConflict(Serializer<Object> serializer, String topic, Conflict conflict) {
        Serializer<?> named = serializer;
        return named instanceof AvroSerializer ours
                ? ours.serializeConflict(topic, conflict)
                : serializer.serialize(topic, WireCodec.toWire(conflict));
    }

    /** The settings without them: what Kafka's own clients are given, which handle bytes. */
    public static Map<String, Object> without(Map<String, Object> client) {
        Map<String, Object> rest = new HashMap<>(client);
        rest.remove(SERIALIZER);
        rest.remove(DESERIALIZER);
        return rest;
    }

    private static <T> T instance(Map<String, Object> client, String name, Class<?> ours, Class<T> type) {
        Object named = client.getOrDefault(name, ours);
        try {
            return named instanceof Class<?> found
                    ? type.cast(Utils.newInstance(found))
                    : Utils.newInstance(named.toString(), type);
        } catch (ClassNotFoundException e) {
            throw new ConfigException(name, named, "no such class on the class path; add its jar");
        }
    }
}
