package io.antichain.schemas.registry;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;

/** Time that passes when told to, and serializers that live in it. */
final class Surrounds {
    private final List<Long> pausesMs = new ArrayList<>();
    private final Timing timing;
    private long nowNanos = Long.MAX_VALUE - 1_000;

    Surrounds(long seed) {
        timing = new Timing(() -> nowNanos, new Random(seed), ms -> {
            pausesMs.add(ms);
            passMs(ms);
        });
    }

    void passMs(long ms) {
        nowNanos += TimeUnit.MILLISECONDS.toNanos(ms);
    }

    List<Long> pausesMs() {
        return pausesMs;
    }

    AvroSerializer serializer(String url, String... settings) {
        AvroSerializer serializer = new AvroSerializer(timing);
        serializer.configure(configs(url, settings), false);
        return serializer;
    }

    AvroDeserializer deserializer(String url, String... settings) {
        AvroDeserializer deserializer = new AvroDeserializer(timing);
        deserializer.configure(configs(url, settings), false);
        return deserializer;
    }

    /** Keys and values in turn, as Kafka hands them over: with settings that are none of ours among them. */
    static Map<String, Object> configs(String url, String... settings) {
        Map<String, Object> configs =
                new TreeMap<>(Map.of(RegistrySettings.URL, url, "bootstrap.servers", "nowhere:1"));
        for (int i = 0; i < settings.length; i += 2) {
            configs.put(settings[i], settings[i + 1]);
        }
        return configs;
    }
}
