package io.antichain.analyzer.reader;

import static org.assertj.core.api.Assertions.assertThat;

import io.antichain.analyzer.order.Execution;
import io.antichain.analyzer.order.Execution.Published;
import io.antichain.clocks.Dot;
import io.antichain.schemas.Event;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.function.Predicate;

/** The view's dumb twin: a list of what arrived, looked through whole for every answer, without a look at a clock. */
final class ViewOracle {
    private final Execution execution;
    private final int limit;
    private final long seed;
    private final List<Published> held = new ArrayList<>();
    private final Map<String, List<Published>> byKey = new TreeMap<>();
    private long arrived;
    private long answers;
    private long openKeys;

    ViewOracle(Execution execution, int limit, long seed) {
        this.execution = execution;
        this.limit = limit;
        this.seed = seed;
    }

    long answers() {
        return answers;
    }

    long openKeys() {
        return openKeys;
    }

    long forgotten() {
        return arrived - held.size();
    }

    Event anyHeld(Random random) {
        return held.get(random.nextInt(held.size())).event();
    }

    void arrived(Published event) {
        arrived++;
        held.add(event);
        event.event().key().ifPresent(key -> byKey.computeIfAbsent(key, fresh -> new ArrayList<>())
                .add(event));
        if (held.size() > limit) {
            forget(held.remove(0));
        }
    }

    private void forget(Published oldest) {
        oldest.event().key().ifPresent(key -> {
            boolean anyHeld = held.stream()
                    .anyMatch(other -> other.event().key().equals(oldest.event().key()));
            if (!anyHeld && maximal(byKey.get(key)).size() <= 1) {
                byKey.remove(key);
            }
        });
    }

    void check(View view, Random random) {
        assertThat(view.events().stream().map(HeldEvent::dot))
                .as("seed %d", seed)
                .containsExactlyElementsOf(held.stream().map(ViewOracle::dot).toList());
        assertThat(view.nextEvent()).as("seed %d", seed).isEqualTo(arrived);
        assertThat(view.firstEvent()).as("seed %d", seed).isEqualTo(forgotten());
        assertThat(view.processes().stream().map(ViewOracle::run))
                .as("seed %d", seed)
                .containsExactlyElementsOf(runs(event -> true));
        checkDepths(view);
        for (int n = Math.min(10, held.size()); n > 0; n--) {
            checkOne(view, held.get(random.nextInt(held.size())));
        }
        if (limit >= 50) {
            checkKeys(view); // of fewer, open keys that hold no event may be forgotten
        }
    }

    private static ProcessRun run(ProcessState state) {
        return new ProcessRun(state.process(), state.first(), state.last(), state.events());
    }

    /** The longest way to it, or a longer one of what is forgotten. */
    private void checkDepths(View view) {
        List<Published> ordered = new ArrayList<>(held);
        ordered.sort(Comparator.comparingInt(Published::index));
        Map<Dot, Integer> depths = new HashMap<>();
        for (Published event : ordered) {
            int above = ordered.stream()
                    .filter(other -> other.index() < event.index() && execution.happenedBefore(other, event))
                    .mapToInt(other -> depths.get(dot(other)))
                    .max()
                    .orElse(0);
            int depth = view.find(dot(event)).orElseThrow().depth();
            if (forgotten() == 0) {
                assertThat(depth).as("seed %d, depth of %s", seed, dot(event)).isEqualTo(above + 1);
            } else {
                assertThat(depth).as("seed %d, depth of %s", seed, dot(event)).isGreaterThan(above);
            }
            depths.put(dot(event), depth);
        }
    }

    private void checkOne(View view, Published event) {
        HeldEvent found = view.find(dot(event)).orElseThrow();
        Predicate<Published> past = other -> execution.happenedBefore(other, event);
        Predicate<Published> future = other -> execution.happenedBefore(event, other);
        assertThat(view.runs(found, CausalRegion.PAST))
                .as("seed %d, past of %s", seed, found.dot())
                .isEqualTo(runs(past));
        assertThat(view.runs(found, CausalRegion.FUTURE))
                .as("seed %d, future of %s", seed, found.dot())
                .isEqualTo(runs(future));
        assertThat(view.runs(found, CausalRegion.CONCURRENT))
                .as("seed %d, concurrent with %s", seed, found.dot())
                .isEqualTo(runs(other -> execution.concurrent(other, event)));
        assertThat(view.node(found).covers())
                .as("seed %d, covered by %s", seed, found.dot())
                .containsExactlyInAnyOrderElementsOf(dots(past.and(other -> held.stream()
                        .noneMatch(between -> past.test(between) && execution.happenedBefore(other, between)))));
        assertThat(view.coveredBy(found))
                .as("seed %d, covering %s", seed, found.dot())
                .containsExactlyInAnyOrderElementsOf(dots(future.and(other -> held.stream()
                        .noneMatch(between -> future.test(between) && execution.happenedBefore(between, other)))));
        answers++;
    }

    private void checkKeys(View view) {
        List<String> open = new ArrayList<>();
        byKey.forEach((key, events) -> {
            List<Dot> siblings = maximal(events);
            KeyState state = view.key(key).orElseThrow();
            assertThat(state.siblings().stream().map(sibling -> sibling.dot()))
                    .as("seed %d, siblings of %s", seed, key)
                    .containsExactlyInAnyOrderElementsOf(siblings);
            if (siblings.size() > 1) {
                open.add(key);
            }
        });
        assertThat(view.openKeys("", 100).stream().map(KeyState::key))
                .as("seed %d", seed)
                .containsExactlyElementsOf(open);
        openKeys += open.size();
    }

    private List<Dot> maximal(List<Published> events) {
        return events.stream()
                .filter(event -> events.stream().noneMatch(other -> execution.happenedBefore(event, other)))
                .map(ViewOracle::dot)
                .toList();
    }

    private List<ProcessRun> runs(Predicate<Published> stand) {
        Map<String, List<Dot>> byProcess = new LinkedHashMap<>();
        held.stream()
                .filter(stand)
                .map(ViewOracle::dot)
                .sorted(Comparator.comparing(Dot::process).thenComparing(Dot::counter))
                .forEach(dot -> byProcess
                        .computeIfAbsent(dot.process().toString(), process -> new ArrayList<>())
                        .add(dot));
        return byProcess.values().stream()
                .map(dots -> new ProcessRun(
                        dots.get(0).process(),
                        dots.get(0).counter(),
                        dots.get(dots.size() - 1).counter(),
                        dots.size()))
                .toList();
    }

    private List<Dot> dots(Predicate<Published> stand) {
        return held.stream().filter(stand).map(ViewOracle::dot).toList();
    }

    private static Dot dot(Published published) {
        Event event = published.event();
        return new Dot(event.process(), event.counter());
    }
}
