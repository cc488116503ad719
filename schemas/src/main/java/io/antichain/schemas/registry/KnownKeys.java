package io.antichain.schemas.registry;

import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.kafka.common.config.ConfigException;

/**
 * Holds a client's settings against those that the serializers know. What is written like one of ours and is none is refused
 * with the nearest that is, since a setting that is dropped without a word is worse than one that is refused.
 */
final class KnownKeys {
    private static final String PREFIX = "schema.registry.";
    private static final List<String> OURS =
            List.of(PREFIX, "basic.auth.", "bearer.auth.", "proxy.", "antichain.registry.");

    /** Keys of Confluent's serializers that ours do not have, with the value that says what ours do. */
    private static final Map<String, String> NOT_OURS = Map.of(
            "normalize.schemas", "false",
            "use.schema.id", "-1",
            "id.compatibility.strict", "true",
            "latest.compatibility.strict", "true",
            "schema.reflection", "false",
            "avro.remove.java.properties", "true",
            "avro.use.logical.type.converters", "false");

    private KnownKeys() {}

    /**
     * The settings with the prefix {@code schema.registry.} left out where it stands before a known key; a key without it
     * goes first.
     *
     * @throws ConfigException if a key is unknown, or a setting is not supported
     */
    static Map<String, Object> of(Map<String, ?> configs, Set<String> known) {
        Map<String, Object> named = new HashMap<>(configs);
        configs.forEach((key, value) -> {
            String plain = key.startsWith(PREFIX) && !known.contains(key) ? key.substring(PREFIX.length()) : key;
            if (known.contains(plain)) {
                named.putIfAbsent(plain, value);
            } else if (OURS.stream().anyMatch(key::startsWith) && !plain.startsWith("ssl.")) {
                throw new ConfigException(
                        "A setting is unknown: " + key + "; did you mean " + nearest(plain, known) + "?");
            } else if (NOT_OURS.containsKey(plain) && !NOT_OURS.get(plain).equals(String.valueOf(value))) {
                throw new ConfigException("A setting is not supported by this serializer: " + key + "=" + value
                        + "; leave it out, or name another value.serializer and value.deserializer");
            }
        });
        return named;
    }

    private static String nearest(String key, Set<String> known) {
        return known.stream()
                .min(Comparator.<String>comparingInt(other -> distance(key, other))
                        .thenComparing(other -> other))
                .orElseThrow();
    }

    /** Levenshtein's distance. */
    private static int distance(String a, String b) {
        int[] last = new int[b.length() + 1];
        for (int j = 0; j <= b.length(); j++) {
            last[j] = j;
        }
        for (int i = 1; i <= a.length(); i++) {
            int[] next = new int[b.length() + 1];
            next[0] = i;
            for (int j = 1; j <= b.length(); j++) {
                int replaced = last[j - 1] + (a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1);
                next[j] = Math.min(replaced, 1 + Math.min(last[j], next[j - 1]));
            }
            last = next;
        }
        return last[b.length()];
    }
}
