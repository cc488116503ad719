package io.antichain.analyzer.http;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.antichain.analyzer.reader.HeldEvent;
import io.antichain.clocks.ProcessId;
import io.antichain.http.Problem;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;

/**
 * Which events are asked for: those that match all that is given.
 *
 * @param processes of one of these; of any, if empty
 * @param key with this key
 * @param topic that stand in this topic
 * @param text with this in payload, dot or key
 * @param field whose payload is a JSON object with this field
 * @param letters whether capitals and small letters are told apart, in text and in the field's value
 */
record EventFilter(
        Set<ProcessId> processes,
        Optional<String> key,
        Optional<String> topic,
        Optional<String> text,
        Optional<Field> field,
        Letters letters)
        implements Predicate<HeldEvent> {
    private static final ObjectMapper JSON = new ObjectMapper();

    /** How letters are compared. */
    enum Letters {
        EXACT,
        IGNORED;

        String of(String text) {
            return this == EXACT ? text : text.toLowerCase(Locale.ROOT);
        }
    }

    /** A field of a payload, and its value as text. */
    record Field(String name, String value) {
        static Field parse(String written) {
            int equals = written.indexOf('=');
            if (equals < 1) {
                throw Problem.badRequest("A field is written NAME=VALUE: field=" + Question.shortened(written)
                        + "; write it as in field=seats=2");
            }
            return new Field(written.substring(0, equals), written.substring(equals + 1));
        }

        boolean isIn(String payload, Letters letters) {
            // Most payloads need no parsing: a name stands in them as it is, unless something is escaped.
            if (!payload.stripLeading().startsWith("{") || (!payload.contains(name) && payload.indexOf('\\') < 0)) {
                return false;
            }
            try {
                JsonNode value = JSON.readTree(payload).get(name);
                return value != null
                        && letters.of(value.isContainerNode() ? value.toString() : value.asText())
                                .equals(letters.of(this.value));
            } catch (JsonProcessingException e) {
                return false;
            }
        }
    }

    static EventFilter of(Question question) {
        return new EventFilter(
                Set.copyOf(question.processes("process")),
                question.text("key"),
                question.text("topic"),
                question.text("text"),
                question.text("field").map(Field::parse),
                question.oneOf("case", Letters.class).orElse(Letters.IGNORED));
    }

    boolean isOpen() {
        return processes.isEmpty() && key.isEmpty() && topic.isEmpty() && text.isEmpty() && field.isEmpty();
    }

    @Override
    public boolean test(HeldEvent event) {
        return (processes.isEmpty() || processes.contains(event.dot().process()))
                && (key.isEmpty() || key.equals(event.event().key()))
                && (topic.isEmpty() || topic.get().equals(event.position().topic()))
                && (text.isEmpty() || holds(event, letters.of(text.get())))
                && (field.isEmpty() || field.get().isIn(event.event().payload(), letters));
    }

    private boolean holds(HeldEvent event, String text) {
        return letters.of(event.event().payload()).contains(text)
                || letters.of(event.dot().toString()).contains(text)
                || event.event()
                        .key()
                        .filter(key -> letters.of(key).contains(text))
                        .isPresent();
    }
}
