package io.antichain.analyzer.decode;

import io.antichain.analyzer.order.ContentHash;
import io.antichain.analyzer.order.Traits;
import io.antichain.schemas.Event;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.Headers;

/**
 * Which pairs of concurrent events count: those that meet all conditions, each of which names something that both events have.
 *
 * <ul>
 *   <li>{@code topic=orders}, {@code topic!=audit}: of both events it is that, or of neither;
 *   <li>{@code header.service=other}, {@code header.service!=other}: both have the same, or each another.
 * </ul>
 *
 * <p>What can be named: {@code process} (the name, whatever its incarnation), {@code topic}, {@code key}, and {@code header.NAME}, of
 * which the last of the name counts. A value that is the word other stands in quotes: {@code topic='other'}. What an
 * event does not have differs from every value, and is the same in two events that do not have it.
 */
public final class PairConditions {
    /** Every pair counts. */
    public static final PairConditions NONE = new PairConditions(List.of());

    private static final Pattern FORM =
            Pattern.compile("(process|topic|key|header\\.[^=!]+?)\\s*(!?=)(?!=)(.+)", Pattern.DOTALL);
    private static final String OTHER = "other";

    /**
     * One condition.
     *
     * @param subject what of an event is compared: {@code process}, {@code topic}, {@code key}, or {@code header.NAME}
     * @param isEqual whether it must be equal, or must not be
     * @param value with what; empty for that of the other event
     */
    private record Condition(String subject, boolean isEqual, Optional<String> value) {
        static Condition parse(String written) {
            Matcher form = FORM.matcher(written.strip());
            if (!form.matches()) {
                throw new IllegalArgumentException("A condition on pairs was not understood: where=" + written
                        + "; write SUBJECT=VALUE or SUBJECT!=VALUE, where SUBJECT is process, topic, key or header.NAME,"
                        + " and VALUE may be the word other, for that of the other event");
            }
            String value = form.group(3).strip();
            boolean isQuoted = value.length() > 1 && value.startsWith("'") && value.endsWith("'");
            String meant = isQuoted ? value.substring(1, value.length() - 1) : value;
            return new Condition(
                    form.group(1).strip(),
                    form.group(2).equals("="),
                    !isQuoted && value.equals(OTHER) ? Optional.empty() : Optional.of(meant));
        }

        String written() {
            String right = value.map(text -> text.equals(OTHER) ? "'" + text + "'" : text)
                    .orElse(OTHER);
            return subject + (isEqual ? "=" : "!=") + right;
        }
    }

    private final List<Condition> conditions;
    private final long hash;

    private PairConditions(List<Condition> conditions) {
        this.conditions = List.copyOf(conditions);
        this.hash = ContentHash.of(written().stream().sorted().collect(Collectors.joining("\n")));
    }

    /**
     * Conditions as they are written on the command line.
     *
     * @throws IllegalArgumentException if one is not understood
     */
    public static PairConditions parse(List<String> written) {
        return written.isEmpty()
                ? NONE
                : new PairConditions(written.stream().map(Condition::parse).toList());
    }

    /** Each condition as it is written. */
    public List<String> written() {
        return conditions.stream().map(Condition::written).toList();
    }

    /** Whether every pair counts. */
    public boolean isEmpty() {
        return conditions.isEmpty();
    }

    /** What they need to know of an event, from its record. */
    public Traits of(Event event, String topic, Headers headers) {
        return of(event, Optional.of(topic), name -> header(headers, name));
    }

    /**
     * What they need to know of an event.
     *
     * @param topic empty if it stands in none
     * @param header gives a header by name
     */
    public Traits of(Event event, Optional<String> topic, Function<String, Optional<byte[]>> header) {
        long same = 0;
        List<Long> different = new ArrayList<>();
        for (Condition condition : conditions) {
            Optional<byte[]> has = subject(condition.subject(), event, topic, header);
            if (condition.value().isPresent()) {
                byte[] value = condition.value().get().getBytes(StandardCharsets.UTF_8);
                boolean isEqual = has.isPresent() && Arrays.equals(has.get(), value);
                if (isEqual != condition.isEqual()) {
                    return Traits.leftOut(hash);
                }
            } else if (condition.isEqual()) {
                same = same * 31 + ContentHash.of(has.orElse(null));
            } else {
                different.add(ContentHash.of(has.orElse(null)));
            }
        }
        return Traits.of(
                hash, same, different.stream().mapToLong(Long::longValue).toArray());
    }

    private static Optional<byte[]> subject(
            String subject, Event event, Optional<String> topic, Function<String, Optional<byte[]>> header) {
        Optional<String> text =
                switch (subject) {
                    case "process" -> Optional.of(event.process().name());
                    case "topic" -> topic;
                    case "key" -> event.key();
                    default -> Optional.empty();
                };
        return subject.startsWith("header.")
                ? header.apply(subject.substring("header.".length()))
                : text.map(some -> some.getBytes(StandardCharsets.UTF_8));
    }

    private static Optional<byte[]> header(Headers headers, String name) {
        Header header = headers.lastHeader(name);
        return header == null ? Optional.empty() : Optional.ofNullable(header.value());
    }

    /** The same decoder, whose events say what the conditions need to know. */
    public RecordDecoder with(RecordDecoder decoder) {
        return isEmpty()
                ? decoder
                : (topic, key, value, headers, timestampMs, hurried) -> {
                    Decoded decoded = decoder.decode(topic, key, value, headers, timestampMs, hurried);
                    return decoded instanceof Decoded.Admitted admitted
                            ? new Decoded.Admitted(
                                    admitted.message().with(of(admitted.event(), topic, headers)),
                                    admitted.isStampRepeated())
                            : decoded;
                };
    }
}
