package io.antichain.interop;

import java.time.Duration;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/**
 * What the check is told, by flags or by environment variables, which have the names that Antichain's commands give them.
 *
 * @param within how long to wait for what the analyzer is still to write
 */
record CheckSettings(String bootstrapServer, String registryUrl, String topicPrefix, Duration within) {
    private static final Map<String, String> DEFAULTS = Map.of(
            "bootstrap-server", "localhost:9092",
            "schema-registry-url", "http://localhost:8081",
            "topic-prefix", "antichain.",
            "within", "300");

    /** @throws IllegalArgumentException if a flag is unknown, lacks its value, or has one that cannot be used */
    static CheckSettings of(String[] arguments, Map<String, String> environment) {
        Map<String, String> values = new TreeMap<>(DEFAULTS);
        values.replaceAll((name, value) -> environment.getOrDefault(
                "ANTICHAIN_" + name.toUpperCase(Locale.ROOT).replace('-', '_'), value));
        for (int i = 0; i < arguments.length; i += 2) {
            String name = arguments[i].replaceFirst("^--", "");
            if (!DEFAULTS.containsKey(name) || i + 1 == arguments.length) {
                throw new IllegalArgumentException("A flag is unknown or lacks its value: flag=" + arguments[i]
                        + "; known are " + values.keySet());
            }
            values.put(name, arguments[i + 1]);
        }
        if (!values.get("within").matches("[0-9]{1,6}")) {
            throw new IllegalArgumentException(
                    "A time is no number of seconds: --within=" + values.get("within") + "; give one from 0 to 999999");
        }
        return new CheckSettings(
                values.get("bootstrap-server"),
                values.get("schema-registry-url"),
                values.get("topic-prefix"),
                Duration.ofSeconds(Long.parseLong(values.get("within"))));
    }

    String topic(String name) {
        return topicPrefix + name;
    }

    String subject(String name) {
        return topic(name) + "-value";
    }
}
