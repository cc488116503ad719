package io.antichain.analyzer.logfile;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The form in which a file is read: of those tried, the one that leaves the fewest lines over and the fewest gaps. Where two
 * are as good and say different things, the file is refused.
 */
final class FormChoice {
    /** So many characters decide which forms are tried on a whole file. */
    private static final int SAMPLE = 1 << 18;

    private final LogForms.Candidate form;
    private final List<LogEntries> found;

    private FormChoice(LogForms.Candidate form, List<LogEntries> found) {
        this.form = form;
        this.found = found;
    }

    /** @throws UnreadableLogException if no form finds an event, or two find different ones */
    static FormChoice of(LogForms forms, String name, String file, String text) {
        List<LogForms.Candidate> candidates = forms.candidates(text);
        if (candidates.size() == 1) {
            return read(candidates.get(0), name, file, text).requireEntries(forms, file);
        }
        List<FormChoice> tried = tried(candidates, name, file, text);
        long fewest = tried.stream().mapToLong(FormChoice::faults).min().orElseThrow();
        List<FormChoice> best =
                tried.stream().filter(choice -> choice.faults() == fewest).toList();
        FormChoice first = best.get(0).requireEntries(forms, file);
        List<FormChoice> others = best.stream()
                .filter(choice -> !choice.found.equals(first.found))
                .toList();
        if (!others.isEmpty()) {
            throw new UnreadableLogException("The file can be read in several ways: file=" + file + ", parsers="
                    + best.stream().map(choice -> choice.form.title()).collect(Collectors.joining(", "))
                    + ", lines left over and events missing in each=" + fewest + "; choose one with --parser");
        }
        return first;
    }

    private static List<FormChoice> tried(List<LogForms.Candidate> candidates, String name, String file, String text) {
        String sample = text.length() <= SAMPLE ? text : text.substring(0, text.lastIndexOf('\n', SAMPLE) + 1);
        List<FormChoice> all = new ArrayList<>();
        UnreadableLogException refusal = null;
        for (LogForms.Candidate candidate : candidates) {
            try {
                boolean document = candidate.title().equals(KnownForm.JSON.title());
                if (document
                        || sample.length() == text.length()
                        || !read(candidate, name, file, sample).isEmpty()) {
                    all.add(read(candidate, name, file, text));
                }
            } catch (UnreadableLogException e) {
                refusal = refusal == null ? e : refusal;
            }
        }
        List<FormChoice> withEntries =
                all.stream().filter(choice -> !choice.isEmpty()).toList();
        if (withEntries.isEmpty() && refusal != null) {
            throw refusal;
        }
        if (!withEntries.isEmpty()) {
            return withEntries;
        }
        // None finds an event: where it is JSON, that says best why.
        return Stream.concat(all.stream().filter(FormChoice::isJson), all.stream())
                .limit(1)
                .toList();
    }

    private boolean isJson() {
        return form.parser() instanceof NdjsonParser
                && skipped().stream().anyMatch(line -> line.reason() != SkipReason.NO_JSON);
    }

    private static FormChoice read(LogForms.Candidate candidate, String name, String file, String text) {
        return new FormChoice(candidate, candidate.parser().entries(name, file, text));
    }

    private FormChoice requireEntries(LogForms forms, String file) {
        if (!isEmpty()) {
            return this;
        }
        String firstSkipped = skipped().stream()
                .findFirst()
                .map(line -> ", line " + line.number() + " is " + line.reason().sentence())
                .orElse(", it is empty");
        throw new UnreadableLogException("The log file holds no event: file=" + file + firstSkipped + forms.advice());
    }

    private boolean isEmpty() {
        return found.stream().allMatch(execution -> execution.entries().isEmpty());
    }

    private List<SkippedLines.Line> skipped() {
        return found.stream()
                .flatMap(execution -> execution.skipped().first().stream())
                .toList();
    }

    /** Lines left over, events that are missing between others, and events without a text. */
    private long faults() {
        return found.stream().mapToLong(FormChoice::faults).sum();
    }

    private static long faults(LogEntries execution) {
        long faults = execution.skipped().count();
        Map<Object, Set<Long>> counters = new HashMap<>();
        Map<Object, Long> greatest = new HashMap<>();
        for (LogEntry entry : execution.entries()) {
            faults += entry.text().isEmpty() && !(entry.clock() instanceof EntryClock.Caused) ? 1 : 0;
            if (entry.clock() instanceof EntryClock.Named named) {
                long counter = named.clock().get(entry.process());
                counters.computeIfAbsent(entry.process(), process -> new HashSet<>())
                        .add(counter);
                greatest.merge(entry.process(), counter, Math::max);
            }
        }
        for (Map.Entry<Object, Long> process : greatest.entrySet()) {
            faults += process.getValue() - counters.get(process.getKey()).size();
        }
        return faults;
    }

    List<LogEntries> entries() {
        return found;
    }

    ProcessNames names() {
        return form.names();
    }

    /** How the file was read, where the user should know. */
    Optional<String> note() {
        return form.note();
    }

    List<LoggedExecution> executions() {
        return found.stream().map(LogEntries::execution).toList();
    }
}
