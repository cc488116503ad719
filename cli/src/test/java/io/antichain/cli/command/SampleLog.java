package io.antichain.cli.command;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** Executions drawn from a seed, written in each form that the reader knows. */
enum SampleLog {
    SHIVIZ,
    GOVECTOR,
    GOVECTOR_WITH_HEADER,
    AKKA,
    TLC,
    NDJSON,
    EWD998,
    PAIRS,
    ARRAYS,
    CAUSES,
    EDITING_TRACE,
    GIT,
    GIT_RAW;

    /** An event: the process's number, its clock by process, its causes by index, and its text. */
    record Drawn(int process, int[] clock, List<Integer> causes, String text) {}

    static List<Drawn> draw(Random random, int processes, int steps) {
        int[][] clocks = new int[processes][processes];
        int[] last = new int[processes];
        Arrays.fill(last, -1);
        List<Drawn> events = new ArrayList<>();
        for (int step = 0; step < steps; step++) {
            int p = step < processes ? step : random.nextInt(processes);
            List<Integer> causes = new ArrayList<>();
            if (last[p] >= 0) {
                causes.add(last[p]);
            }
            int other = random.nextInt(processes);
            if (step >= processes && other != p && random.nextInt(3) == 0) {
                for (int k = 0; k < processes; k++) {
                    clocks[p][k] = Math.max(clocks[p][k], clocks[other][k]);
                }
                causes.add(last[other]);
            }
            clocks[p][p]++;
            last[p] = step;
            events.add(new Drawn(p, clocks[p].clone(), causes, "step ü " + step));
        }
        return events;
    }

    String text(List<Drawn> events) {
        List<String> entries = new ArrayList<>();
        for (int i = 0; i < events.size(); i++) {
            entries.add(entry(events.get(i), i));
        }
        return switch (this) {
            case GOVECTOR_WITH_HEADER -> "(?<host>\\S*) (?<clock>{.*})\\n(?<event>.*)\n\n" + String.join("", entries);
            case EWD998 -> "{\"N\":3}\n" + String.join("", entries);
            case EDITING_TRACE -> "{\"kind\":\"concurrent\",\"txns\":[\n" + String.join(",\n", entries) + "\n]}\n";
            default -> String.join("", entries);
        };
    }

    private String entry(Drawn event, int index) {
        String host = "p" + event.process;
        String text = event.text;
        return switch (this) {
            case SHIVIZ -> text + "\n" + host + " " + clock(event, "p") + "\n";
            case GOVECTOR, GOVECTOR_WITH_HEADER -> host + " " + clock(event, "p") + "\n" + text + "\n";
            case AKKA ->
                "[DEBUG] [07/06/2017 14:00:01.001] [sys-akka.actor.default-dispatcher-2] [akka.tcp://Sys@" + host
                        + ":2551/system/daemon] " + clock(event, "p").replaceAll("(p\\d)", "$1:2551") + " " + text
                        + "\n";
            case TLC ->
                "State " + (index + 2) + ": <Step line 1, col 3 to line 4, col 7 of module M>\n/\\ Host = " + host
                        + "\n/\\ Clock = \"" + clock(event, "p").replace("\"", "\\\"") + "\"\n\n";
            case NDJSON ->
                "{\"process\":\"" + host + "\",\"clock\":" + clock(event, "p") + ",\"text\":\"" + text + "\"}\n";
            case EWD998 ->
                "{\"event\":\"" + text + "\",\"node\":" + event.process + ",\"pkt\":{\"snd\":1,\"vc\":"
                        + clock(event, "") + "}}\n";
            case PAIRS ->
                "{\"process\":\"" + host + "\",\"clock\":["
                        + known(event)
                                .mapToObj(k -> "[\"p" + k + "\"," + event.clock[k] + "]")
                                .collect(Collectors.joining(","))
                        + "],\"text\":\"" + text + "\"}\n";
            case ARRAYS -> "{\"process\":\"" + host + "\",\"clock\":" + Arrays.toString(event.clock) + "}\n";
            case CAUSES ->
                "{\"process\":\"" + host + "\",\"id\":" + (1_000 + index) + ",\"causes\":"
                        + event.causes.stream().map(cause -> 1_000 + cause).toList() + ",\"text\":\"" + text + "\"}\n";
            case EDITING_TRACE ->
                "{\"parents\":" + event.causes + ",\"agent\":" + event.process + ",\"patches\":[[0,0,\"" + text
                        + "\"]]}";
            case GIT ->
                "commit " + sha(index)
                        + event.causes.stream().map(cause -> " " + sha(cause)).collect(Collectors.joining())
                        + "\nAuthor: " + host + " <x@example.com>\nDate:   Sat Nov 28 08:44:12 2026 +0000\n\n    "
                        + text
                        + "\n\n    its body\n\n";
            case GIT_RAW ->
                "commit " + sha(index) + "\ntree " + sha(77) + "\n"
                        + event.causes.stream()
                                .map(cause -> "parent " + sha(cause) + "\n")
                                .collect(Collectors.joining())
                        + "author " + host + " <x@example.com> 1 +0000\ncommitter " + host
                        + " <x@example.com> 1 +0000\n\n    " + text + "\n\n";
        };
    }

    private static String sha(int index) {
        return String.format("%040x", 0xabcdef00L + index);
    }

    private static IntStream known(Drawn event) {
        return IntStream.range(0, event.clock.length).filter(k -> event.clock[k] > 0);
    }

    private static String clock(Drawn event, String prefix) {
        return known(event)
                .mapToObj(k -> "\"" + prefix + k + "\":" + event.clock[k])
                .collect(Collectors.joining(",", "{", "}"));
    }
}
