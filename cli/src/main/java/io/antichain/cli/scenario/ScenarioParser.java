package io.antichain.cli.scenario;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Deque;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Reads a scenario file: a sentence, a blank line, then a step a line.
 *
 * <pre>
 * sync                   every node that is not paused delivers everything published so far
 * turns 6 by 1 2 3       6 messages in all, one at a time, each after all have the one before
 * burst 3 by 4           3 messages from each of the nodes, all at once
 * pause 4, pause all     the nodes stop delivering, and can still publish
 * resume 4, resume all   the nodes deliver again
 * repeat 3 … end         the steps between, three times over
 * expect …               one of the sentences of {@link Expectation}
 * </pre>
 *
 * <p>Without {@code by}, all nodes publish. A line that begins with {@code #} is a comment.
 */
public final class ScenarioParser {
    private static final int MOST = 1_000_000;

    private final String name;
    private final Deque<List<Step>> open = new ArrayDeque<>();
    private final Deque<Integer> times = new ArrayDeque<>();
    private Expectation expectation;
    private int number;
    private String line;

    private ScenarioParser(String name) {
        this.name = name;
    }

    /**
     * Reads a scenario.
     *
     * @throws ScenarioException with the line's number if the text is none
     */
    public static Scenario parse(String name, String text) {
        return new ScenarioParser(name).parse(text);
    }

    private Scenario parse(String text) {
        List<String> lines = text.lines().toList();
        String sentence = lines.isEmpty() ? "" : lines.get(0).strip();
        if (sentence.isEmpty() || sentence.startsWith("#")) {
            throw refused(1, "The scenario does not open with a sentence that says what happens");
        }
        open.push(new ArrayList<>());
        for (number = 2; number <= lines.size(); number++) {
            line = lines.get(number - 1).strip();
            if (!line.isEmpty() && !line.startsWith("#")) {
                statement(line.split("\\s+"));
            }
        }
        if (open.size() > 1) {
            throw refused(number - 1, "A repeat has no end");
        }
        if (expectation == null) {
            throw refused(
                    number - 1, "The scenario does not say which conflicts it expects, as one of: " + expectations());
        }
        return new Scenario(name, sentence, open.pop(), expectation);
    }

    private void statement(String[] words) {
        switch (words[0]) {
            case "sync" -> add(new Step.Sync());
            case "turns" -> add(new Step.Turns(count(words), publishers(words)));
            case "burst" -> add(new Step.Burst(count(words), publishers(words)));
            case "pause" -> add(new Step.Pause(nodes(words, 1)));
            case "resume" -> add(new Step.Resume(nodes(words, 1)));
            case "repeat" -> {
                times.push(count(words));
                open.push(new ArrayList<>());
            }
            case "end" -> end();
            case "expect" -> expect();
            default ->
                throw refused(number, "The step is none of sync, turns, burst, pause, resume, repeat, end and expect");
        }
    }

    private void add(Step step) {
        open.element().add(step);
    }

    private void end() {
        if (times.isEmpty()) {
            throw refused(number, "An end has no repeat");
        }
        List<Step> steps = open.pop();
        add(new Step.Repeat(times.pop(), steps));
    }

    private void expect() {
        String words = line.substring("expect".length()).strip().replaceAll("\\s+", " ");
        expectation = Stream.of(Expectation.values())
                .filter(candidate -> candidate.written().equals(words))
                .findFirst()
                .orElseThrow(() -> refused(number, "The expectation is none of: " + expectations()));
    }

    private int count(String[] words) {
        if (words.length < 2 || !words[1].matches("[1-9][0-9]{0,6}") || Integer.parseInt(words[1]) > MOST) {
            throw refused(number, "No number from 1 to " + MOST + " follows " + words[0]);
        }
        return Integer.parseInt(words[1]);
    }

    private List<Integer> publishers(String[] words) {
        if (words.length == 2) {
            return List.of();
        }
        if (!words[2].equals("by")) {
            throw refused(number, "No by stands before the nodes that publish, as in " + words[0] + " 3 by 1 2");
        }
        return nodes(words, 3);
    }

    private List<Integer> nodes(String[] words, int from) {
        if (words.length == from + 1 && words[from].equals("all")) {
            return List.of();
        }
        if (words.length == from
                || Arrays.stream(words, from, words.length).anyMatch(word -> !word.matches("[1-9][0-9]{0,3}"))) {
            throw refused(number, "The nodes are neither all nor numbers from 1");
        }
        return Arrays.stream(words, from, words.length).map(Integer::valueOf).toList();
    }

    private ScenarioException refused(int lineNumber, String fault) {
        return new ScenarioException(
                ScenarioException.Kind.MALFORMED,
                fault + ": scenario=" + name + ", line=" + lineNumber + (line == null ? "" : ", text=" + line));
    }

    private static String expectations() {
        return Stream.of(Expectation.values()).map(Expectation::written).collect(Collectors.joining(", "));
    }
}
