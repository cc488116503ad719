package io.antichain.cli.faults;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * One life of an instance, as its journal tells it.
 *
 * @param index its number among all lives
 * @param plan whose life it is
 * @param number its number among the lives of its instance, from 0
 * @param lines what the journal says, a cut-off last line left out
 * @param committed the attempts that it knew to be committed
 * @param notCommitted those that it knew not to be
 */
record ServiceLife(
        int index, ServicePlan plan, int number, List<Line> lines, Set<Integer> committed, Set<Integer> notCommitted) {
    /** A line: what happened, and to what. */
    record Line(String what, List<String> words) {
        int number() {
            return Integer.parseInt(words.get(0));
        }

        /** The pairs of partition and offset from the second word on. */
        Map<String, Long> offsets() {
            Map<String, Long> offsets = new TreeMap<>();
            words.stream().skip(1).forEach(word -> {
                int at = word.lastIndexOf('@');
                offsets.put(word.substring(0, at), Long.parseLong(word.substring(at + 1)));
            });
            return offsets;
        }
    }

    /** All lives whose journals, {@code NAME.NUMBER.journal}, are in a folder. */
    static List<ServiceLife> in(Path folder) throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            List<ServiceLife> lives = new ArrayList<>();
            for (Path file : files.filter(path -> path.toString().endsWith(".journal"))
                    .sorted()
                    .toList()) {
                String[] name = file.getFileName().toString().split("\\.");
                lives.add(read(lives.size(), ServicePlan.named(name[0]), Integer.parseInt(name[1]), file));
            }
            return lives;
        }
    }

    private static ServiceLife read(int index, ServicePlan plan, int number, Path file) throws IOException {
        String text = Files.readString(file);
        List<Line> lines = text.substring(0, text.lastIndexOf('\n') + 1)
                .lines()
                .map(line -> line.split(" "))
                .map(words -> new Line(words[0], List.of(words).subList(1, words.length)))
                .toList();
        Set<Integer> committed = new HashSet<>();
        Set<Integer> notCommitted = new HashSet<>();
        for (Line line : lines) {
            if (line.what().equals("committed")) {
                committed.add(line.number());
            } else if (line.what().equals("not-committed")) {
                notCommitted.add(line.number());
            }
        }
        return new ServiceLife(index, plan, number, lines, committed, notCommitted);
    }

    long count(String what) {
        return lines.stream().filter(line -> line.what().equals(what)).count();
    }

    /** The values of the lines that say this of a record. */
    Stream<String> values(String... what) {
        return lines.stream()
                .filter(line -> Arrays.asList(what).contains(line.what()))
                .map(line -> line.words().get(0));
    }
}
