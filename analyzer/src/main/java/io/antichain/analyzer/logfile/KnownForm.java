package io.antichain.analyzer.logfile;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** The forms of logs that are known by name, and tried where the user names none. */
enum KnownForm {
    SHIVIZ("the event on one line, host and clock on the next", ShivizParser.DEFAULT_EXPRESSION),
    GOVECTOR("host and clock on one line, the event on the next", "(?<host>\\S*) (?<clock>\\{.*\\})\\n(?<event>.*)"),
    AKKA(
            "Akka's log lines, the last part of an actor's path as the host",
            "^(?:\\[(?<jvm>JVM-[^\\]\\n]*)\\] )?\\[(?<level>\\w+)\\] \\[(?<date>[^\\]\\n]+)\\] \\[(?<thread>[^\\]\\n]+)\\]"
                    + " \\[akka:\\/\\/(?<path>[^\\]\\n]*\\/)?(?<host>[^\\]\\/\\n]+)\\] (?<clock>\\{[^}\\n]*\\}) ?(?<event>.*)"),
    AKKA_REMOTE(
            "Akka's log lines, the address of the actor's system as the host",
            "^(?:\\[(?<jvm>JVM-[^\\]\\n]*)\\] )?\\[(?<level>\\w+)\\] \\[(?<date>[^\\]\\n]+)\\] \\[(?<thread>[^\\]\\n]+)\\]"
                    + " \\[akka(?:\\.\\w+)?:\\/\\/(?<system>[^\\]@\\n]*)@(?<host>[^\\]\\/\\n]+)(?<path>[^\\]\\n]*)\\]"
                    + " (?<clock>\\{[^}\\n]*\\}) ?(?<event>.*)"),
    TLC(
            "states of TLC with the variables Host and Clock",
            "^State [0-9]+: <(?!Initial predicate)(?<event>\\w+).*>\\n(?:\\/\\\\ (?!Host = ).*\\n)*"
                    + "\\/\\\\ Host = \"?(?<host>[^\"\\n]*)\"?\\n\\/\\\\ Clock = \"(?<clock>.*)\"",
            "^State 1: <Initial predicate>\\n(?:\\/\\\\ .*\\n)*|^\\/\\\\ (?!Host = |Clock = ).*|^Error: .*|^TLC2? .*"),
    GIT(
            "the history of a git repository",
            "^commit (?<id>[0-9a-f]{40,64})(?<parents>(?: [0-9a-f]{40,64})*)(?: \\(.*\\))?\\n(?:Merge: .*\\n)?"
                    + "Author: +(?<host>.*?) <(?<mail>.*)>\\n(?:Date: +(?<date>.*)\\n)?\\n {4}(?<event>.*)",
            "^ {4}.*"),
    GIT_RAW(
            "the history of a git repository, raw",
            "^commit (?<id>[0-9a-f]{40,64})\\b.*\\ntree [0-9a-f]+\\n(?<parents>(?:parent [0-9a-f]{40,64}\\n)*)"
                    + "author (?<host>.*?) <(?<mail>.*)> (?<date>.*)\\ncommitter .*\\n(?:(?:gpgsig|encoding| |mergetag).*\\n)*"
                    + "\\n {4}(?<event>.*)",
            "^ {4}.*"),
    NDJSON("one JSON object a line"),
    EWD998("one JSON object a line, with node, event and pkt.vc"),
    JSON("one JSON document: an array of events, or an editing trace");

    /** ShiViz's divider of executions. */
    static final String DELIMITER = "^=== (?<trace>.*) ===$";

    /** The fields of EWD998's traces. */
    private static final String EWD998_FIELDS = "process=node,clock=pkt.vc,text=event";

    private final String description;
    private final Optional<String> expression;
    private final Optional<String> ignored;

    KnownForm(String description) {
        this(description, Optional.empty(), Optional.empty());
    }

    KnownForm(String description, String expression) {
        this(description, Optional.of(expression), Optional.empty());
    }

    KnownForm(String description, String expression, String ignored) {
        this(description, Optional.of(expression), Optional.of(ignored));
    }

    KnownForm(String description, Optional<String> expression, Optional<String> ignored) {
        this.description = description;
        this.expression = expression;
        this.ignored = ignored;
    }

    /** The name that {@code --parser} takes. */
    String title() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    String description() {
        return description;
    }

    LogFormat format() {
        return expression.isPresent() ? LogFormat.SHIVIZ : LogFormat.NDJSON;
    }

    /** The form of this name. */
    static KnownForm named(String title) {
        return Arrays.stream(values())
                .filter(form -> form.title().equals(title))
                .findFirst()
                .orElseThrow(() ->
                        new IllegalArgumentException("No parser has this name: parser=" + title + "; choose one of "
                                + titles() + ", or give an expression with the groups host, clock and event"));
    }

    static String titles() {
        return String.join(", ", Arrays.stream(values()).map(KnownForm::title).toList());
    }

    /**
     * A parser of this form.
     *
     * @param delimiter for a form of text
     * @param fields for a form of JSON
     * @param begin the position in the text at which the log begins, for a form of text
     * @param names takes the hosts that are found
     * @param positions the processes of a clock that is an array
     */
    LogParser parser(
            Optional<String> delimiter, int begin, JsonFields fields, ProcessNames names, List<String> positions) {
        ClockText clocks = new ClockText(names, positions);
        return switch (this) {
            case NDJSON -> new NdjsonParser(new JsonEntry(fields, clocks));
            case EWD998 -> new NdjsonParser(new JsonEntry(JsonFields.of(EWD998_FIELDS), clocks), Optional.of("N"));
            case JSON -> new JsonDocumentParser(fields, clocks);
            default -> new ShivizParser(expression.orElseThrow(), delimiter, ignored, begin, names, positions);
        };
    }
}
