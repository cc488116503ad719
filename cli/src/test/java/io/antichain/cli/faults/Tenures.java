package io.antichain.cli.faults;

import io.antichain.cli.faults.ServiceLife.Line;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Who had which partition of which group one after the other, and which commit it is that an assigned partition's offset stems from.
 * A group lets nobody commit for a partition that has gone to another since.
 */
final class Tenures {
    /** An attempt to commit. */
    record Attempt(ServiceLife life, int number) {}

    private record Tried(Attempt attempt, long offset) {}

    /** From the assignment of a partition to the next one. */
    private static final class Tenure {
        final ServiceLife life;
        final int line;
        final int generation;
        final long found;
        final List<Tried> tried = new ArrayList<>();

        Tenure(ServiceLife life, int line, int generation, long found) {
            this.life = life;
            this.line = line;
            this.generation = generation;
            this.found = found;
        }
    }

    private final Map<String, List<Tenure>> byPartition = new HashMap<>();

    Tenures(List<ServiceLife> lives) {
        lives.forEach(this::read);
        byPartition.values().forEach(tenures -> tenures.sort(Comparator.comparingInt(tenure -> tenure.generation)));
    }

    private void read(ServiceLife life) {
        Map<String, Tenure> present = new HashMap<>();
        for (int i = 0; i < life.lines().size(); i++) {
            Line line = life.lines().get(i);
            int at = i;
            if (line.what().equals("assigned")) {
                line.offsets().forEach((partition, found) -> {
                    Tenure tenure = new Tenure(life, at, line.number(), found);
                    present.put(partition, tenure);
                    byPartition
                            .computeIfAbsent(life.plan().group() + " " + partition, p -> new ArrayList<>())
                            .add(tenure);
                });
            } else if (line.what().equals("committing")) {
                line.offsets().forEach((partition, offset) -> {
                    if (present.containsKey(partition) && !life.notCommitted().contains(line.number())) {
                        present.get(partition).tried.add(new Tried(new Attempt(life, line.number()), offset));
                    }
                });
            }
        }
    }

    /**
     * The attempts of which one committed the offset that was found by the assignment at a line: one, unless nobody knows what became
     * of some; none where no offset was committed; empty where no journal explains it.
     */
    Optional<List<Attempt>> behind(ServiceLife life, int line, String partition) {
        List<Tenure> tenures = byPartition.get(life.plan().group() + " " + partition);
        int at = 0;
        while (tenures.get(at).life != life || tenures.get(at).line != line) {
            at++;
        }
        long found = tenures.get(at).found;
        if (found < 0) {
            return Optional.of(List.of());
        }
        List<Attempt> candidates = new ArrayList<>();
        for (int before = at - 1; before >= 0; before--) {
            Tenure tenure = tenures.get(before);
            candidates.addAll(candidates(tenure, found));
            // If no try of this tenure is known to have gone well, the offset may be the one that it found itself.
            boolean isItsOwn = candidates.stream()
                    .anyMatch(attempt -> attempt.life() == tenure.life
                            && tenure.life.committed().contains(attempt.number()));
            if (isItsOwn || tenure.found != found) {
                break;
            }
        }
        return candidates.isEmpty() ? Optional.empty() : Optional.of(candidates);
    }

    /** Those of the offset, from the last one that was known to be committed on. */
    private static List<Attempt> candidates(Tenure tenure, long offset) {
        List<Attempt> candidates = new ArrayList<>();
        for (Tried tried : tenure.tried) {
            if (tried.attempt().life().committed().contains(tried.attempt().number())) {
                candidates.clear();
            }
            if (tried.offset() == offset) {
                candidates.add(tried.attempt());
            }
        }
        return candidates;
    }
}
