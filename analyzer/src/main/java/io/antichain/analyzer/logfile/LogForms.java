package io.antichain.analyzer.logfile;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/** The forms in which a file may be read: the one that the user describes, or those that are known. */
public final class LogForms {
    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9-]+");
    private static final Pattern DOCUMENT = Pattern.compile("\\s*\\[\\s*[{\\]]");
    private static final Pattern DIVIDER =
            JavaScriptExpression.of(KnownForm.DELIMITER, "--delimiter").pattern();

    private final Optional<String> parser;
    private final Optional<String> delimiter;
    private final Optional<LogFormat> format;
    private final Optional<JsonFields> fields;
    private final List<String> positions;

    /**
     * @param parser an expression, or the name of a known form
     * @param delimiter an expression
     * @param fields under which names the parts of an event stand in JSON, as in {@code process=node,clock=pkt.vc}
     * @param positions the process of each position of a clock that is an array; empty if they are not known
     * @throws IllegalArgumentException if one of these is not of its form
     */
    public LogForms(
            Optional<String> parser,
            Optional<String> delimiter,
            Optional<LogFormat> format,
            Optional<String> fields,
            List<String> positions) {
        this.parser = parser;
        this.delimiter = delimiter;
        this.format = format;
        this.fields = fields.map(JsonFields::of);
        this.positions = List.copyOf(positions);
        if (fields.isPresent() && (parser.isPresent() || delimiter.isPresent())) {
            throw new IllegalArgumentException("Fields are those of JSON, where no expression finds an entry: fields="
                    + fields.get() + "; leave out --parser and --delimiter, or --fields");
        }
        parser.filter(name -> NAME.matcher(name).matches()).ifPresent(KnownForm::named);
        candidates(""); // compiles what is given
    }

    /**
     * One way to read a file.
     *
     * @param title what {@code --parser} calls it
     * @param note what to tell the user if it is taken, where that is not plain
     * @param names takes the hosts that are found
     */
    record Candidate(String title, Optional<String> note, LogParser parser, ProcessNames names) {}

    /** The ways to read a text, one at least; several if neither the user nor the text says which it is. */
    List<Candidate> candidates(String text) {
        Optional<ShivizHeader> header = ShivizHeader.of(text);
        int begin = header.map(ShivizHeader::length).orElse(0);
        Optional<String> divider = delimiter.or(() -> header.flatMap(ShivizHeader::delimiter));
        if (parser.isPresent() && !NAME.matcher(parser.get()).matches()) {
            return List.of(ofExpression(parser.get(), divider, begin, Optional.empty()));
        }
        boolean divides = divider.isEmpty() && DIVIDER.matcher(text).find();
        if (divides) {
            divider = Optional.of(KnownForm.DELIMITER);
        }
        if (parser.isPresent()) {
            return List.of(candidate(KnownForm.named(parser.get()), divider, begin, Optional.empty()));
        }
        if (header.isPresent() && !format.equals(Optional.of(LogFormat.NDJSON)) && fields.isEmpty()) {
            return List.of(ofHeader(header.get(), divider));
        }
        List<Candidate> candidates = new ArrayList<>();
        for (KnownForm form : KnownForm.values()) {
            if (isPossible(form, text)) {
                boolean isText = form.format() == LogFormat.SHIVIZ;
                candidates.add(candidate(form, divider, begin, note(form, isText && divides)));
            }
        }
        return candidates;
    }

    private boolean isPossible(KnownForm form, String text) {
        if (form == KnownForm.JSON && !DOCUMENT.matcher(text).lookingAt() && !text.contains("\"txns\"")) {
            return false;
        }
        boolean json = form.format() == LogFormat.NDJSON;
        return format.map(form.format()::equals).orElse(true)
                && (!json || delimiter.isEmpty())
                && (json || fields.isEmpty())
                && !(form == KnownForm.EWD998 && fields.isPresent());
    }

    private static Optional<String> note(KnownForm form, boolean divides) {
        boolean plain = !divides && (form == KnownForm.SHIVIZ || form == KnownForm.NDJSON);
        return plain
                ? Optional.empty()
                : Optional.of("Read with --parser " + form.title() + ": " + form.description()
                        + (divides ? "; executions are divided by lines === NAME ===" : ""));
    }

    private Candidate candidate(KnownForm form, Optional<String> divider, int begin, Optional<String> note) {
        ProcessNames names = new ProcessNames();
        JsonFields named = fields.orElse(JsonFields.USUAL);
        return new Candidate(form.title(), note, form.parser(divider, begin, named, names, positions), names);
    }

    private Candidate ofHeader(ShivizHeader header, Optional<String> divider) {
        try {
            return ofExpression(
                    header.expression(),
                    divider,
                    header.length(),
                    Optional.of("Read with the parser expression in its first line: " + header.expression()));
        } catch (IllegalArgumentException e) {
            throw new UnreadableLogException(
                    "The first lines of the file are no parser expression and delimiter, though they look like them: "
                            + e.getMessage() + "; or name another with --parser",
                    e);
        }
    }

    private Candidate ofExpression(String expression, Optional<String> divider, int begin, Optional<String> note) {
        ProcessNames names = new ProcessNames();
        return new Candidate(
                expression,
                note,
                new ShivizParser(expression, divider, Optional.empty(), begin, names, positions),
                names);
    }

    /** What to do where no event is found. */
    String advice() {
        if (format.equals(Optional.of(LogFormat.NDJSON)) || fields.isPresent()) {
            return "; see docs/log-files.md for its form, name its fields with --fields, or give --format shiviz";
        } else if (parser.isPresent()) {
            return ", parser=" + parser.get() + "; give the file's own expression, or one of " + KnownForm.titles()
                    + ", with --parser, or --format ndjson";
        }
        return "; each event needs its process and a vector clock, as GoVector and ShiViz's loggers add it, or its id and"
                + " those of its causes; if the file has them, describe its form with --parser or --fields";
    }
}
