package io.antichain.stamping;

import io.antichain.clocks.ProcessId;
import io.antichain.stamping.clock.ClockRecovery;
import io.antichain.stamping.clock.HeaderForm;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * The settings of a stamping client, which stand among the Kafka client's own properties. Each is also an environment variable,
 * {@code ANTICHAIN_PROCESS} for {@code antichain.process}; the property wins, and a blank one is unset.
 *
 * @param process the process's name, if one is given
 * @param topics which topics' records are stamped
 * @param deliver when a record's clock is merged
 * @param failsOnError whether a record that cannot be stamped is not sent
 * @param header how stamps are written
 * @param forgetMs after how long an entry that nothing raised is left out, ms
 * @param recover where a new life finds what the one before knew
 */
record StampingSettings(
        Optional<String> process,
        TopicFilter topics,
        Deliver deliver,
        boolean failsOnError,
        HeaderForm header,
        long forgetMs,
        ClockRecovery.Mode recover) {
    /** When a record's clock is merged. */
    enum Deliver {
        /** As each record is handed to the application. */
        RECORD,
        /** As a batch is handed over: for applications that look at all of it before they act. */
        BATCH,
        /** When the application says so, by {@link Stamping#deliver}: for pools of workers. */
        EXPLICIT,
        /** Never. */
        NONE
    }

    private static final String PREFIX = "antichain.";
    private static final List<String> KEYS = List.of(
            "antichain.process",
            "antichain.topics",
            "antichain.deliver",
            "antichain.on.error",
            "antichain.header.encoding",
            "antichain.header.max.bytes",
            "antichain.forget.ms",
            "antichain.recover");

    /**
     * Reads them.
     *
     * @throws IllegalArgumentException if a value is not understood, or a key that begins with {@code antichain.} is unknown
     */
    static StampingSettings of(Map<String, ?> properties, Map<String, String> environment) {
        for (String key : properties.keySet()) {
            if (key.startsWith(PREFIX) && !KEYS.contains(key)) {
                throw new IllegalArgumentException(
                        "A setting is unknown: key=" + key + "; the known ones are " + String.join(", ", KEYS));
            }
        }
        Source source = new Source(properties, environment);
        boolean isBase64 = source.choice("antichain.header.encoding", "binary", "binary", "base64")
                .equals("base64");
        Optional<String> process = source.text("antichain.process");
        process.ifPresent(ProcessId::of);
        return new StampingSettings(
                process,
                new TopicFilter(source.text("antichain.topics").orElse("*")),
                Deliver.valueOf(
                        upper(source.choice("antichain.deliver", "record", "record", "batch", "explicit", "none"))),
                source.choice("antichain.on.error", "send", "send", "fail").equals("fail"),
                new HeaderForm(isBase64, (int) source.number("antichain.header.max.bytes", 16_384, Integer.MAX_VALUE)),
                source.number("antichain.forget.ms", 7 * 86_400_000L, Long.MAX_VALUE / 4),
                ClockRecovery.Mode.valueOf(
                        upper(source.choice("antichain.recover", "metadata", "metadata", "tail", "none"))));
    }

    private static String upper(String text) {
        return text.toUpperCase(Locale.ROOT);
    }

    /** Where the values come from. */
    private record Source(Map<String, ?> properties, Map<String, String> environment) {
        Optional<String> text(String key) {
            Object value = properties.get(key);
            String text = value == null ? "" : value.toString().strip();
            if (text.isEmpty()) {
                text = environment
                        .getOrDefault(upper(key).replace('.', '_'), "")
                        .strip();
            }
            return text.isEmpty() ? Optional.empty() : Optional.of(text);
        }

        String choice(String key, String fallback, String... known) {
            String value = text(key).orElse(fallback).toLowerCase(Locale.ROOT);
            if (!Arrays.asList(known).contains(value)) {
                throw new IllegalArgumentException("A setting was not understood: " + key + "=" + value
                        + "; give one of " + Arrays.stream(known).collect(Collectors.joining(", ")));
            }
            return value;
        }

        long number(String key, long fallback, long most) {
            String value = text(key).orElse(Long.toString(fallback));
            try {
                long number = Long.parseLong(value);
                if (number >= 1 && number <= most) {
                    return number;
                }
            } catch (NumberFormatException e) {
                // said below
            }
            throw new IllegalArgumentException(
                    "A setting was not understood: " + key + "=" + value + "; give a number from 1 to " + most);
        }
    }
}
