package io.antichain.node.protocol;

import io.antichain.clocks.LamportTimestamp;
import io.antichain.clocks.ProcessId;
import io.antichain.clocks.ReceiveRule;
import io.antichain.clocks.VectorClock;
import io.antichain.node.state.ClockKind;
import io.antichain.node.state.EventsLog;
import io.antichain.node.state.StampingRules;
import io.antichain.schemas.ClockCheckpoint;
import io.antichain.schemas.Event;
import io.antichain.schemas.Gateway;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;

/** A protocol for {@code node-1} that is told things, and answers, as text. Its heartbeat is 5 s. */
final class ScenarioNode {
    private static final ProcessId US = ProcessId.of("node-1");
    private static final StampingRules RULES =
            new StampingRules(ClockKind.VECTOR, ReceiveRule.MERGE, new Gateway(Gateway.DEFAULT_MAX_CLOCK_WIDTH));

    private final NodeProtocol node =
            new NodeProtocol(new ProtocolSettings("node-1", RULES, 5_000, 1_000_000, 100, false));
    private long nowMs;

    /** @param told what happened, then its details, one a line */
    List<String> tell(List<String> told) {
        List<String> words = words(told.get(0));
        List<String> details = told.subList(1, told.size());
        List<String> arguments = words.subList(1, words.size());
        List<Effect> effects =
                switch (words.get(0)) {
                    case "start" -> node.start();
                    case "recovered" -> node.recovered(past(arguments.get(0), details), now());
                    case "not-recovered" -> node.notRecovered(String.join(" ", arguments));
                    case "turn" -> node.turn(turn(details), now());
                    case "described" -> node.described(log(arguments.get(0)), now());
                    case "committed" ->
                        node.committed(
                                arguments.stream().map(ScenarioNode::place).toList(), now());
                    case "failed" -> node.failed(String.join(" ", arguments));
                    case "fenced" -> node.fenced();
                    case "stop" -> node.stop();
                    case "leave" -> node.leave();
                    case "pass" -> pass(arguments.get(0));
                    default -> throw new IllegalArgumentException("A node is not told this: " + told);
                };
        return effects.stream().flatMap(EffectText::lines).toList();
    }

    private List<Effect> pass(String ms) {
        nowMs += Long.parseLong(ms);
        return List.of();
    }

    private Moment now() {
        return new Moment(nowMs, nowMs);
    }

    private static Turn turn(List<String> details) {
        List<Command> commands = new ArrayList<>();
        List<Read> reads = new ArrayList<>();
        List<Publish> publishes = new ArrayList<>();
        for (String detail : details) {
            List<String> words = words(detail);
            switch (words.get(0)) {
                case "command" ->
                    commands.add(new Command(Long.parseLong(words.get(1)), Command.Kind.valueOf(words.get(2))));
                case "read" -> reads.add(read(words));
                case "publish" ->
                    publishes.add(new Publish(
                            Long.parseLong(words.get(1)), named("repeat", words), named("key", words), words.get(2)));
                default -> throw new IllegalArgumentException("A turn does not hold this: " + detail);
            }
        }
        return new Turn(commands, reads, publishes);
    }

    private static Read read(List<String> words) {
        Place place = place(words.get(1));
        Optional<Event> event = words.size() == 2
                ? Optional.empty()
                : Optional.of(message(words.get(2), words.subList(3, words.size())));
        return new Read(event, place.partition(), place.offset());
    }

    private static OwnPast past(String ends, List<String> details) {
        OwnCheckpoints checkpoints = new OwnCheckpoints();
        Optional<Event> newestOwn = Optional.empty();
        int incarnation = -1;
        for (String detail : details) {
            List<String> words = words(detail);
            switch (words.get(0)) {
                case "checkpoint" -> checkpoints.read(0, checkpoint(words));
                case "unreadable" -> checkpoints.unreadable(0, Long.parseLong(words.get(1)), words.get(2));
                case "own" -> newestOwn = Optional.of(message("node-1", words.subList(1, words.size())));
                case "incarnation" -> incarnation = Integer.parseInt(words.get(1));
                default -> throw new IllegalArgumentException("A past does not hold this: " + detail);
            }
        }
        return new OwnPast(log(ends), checkpoints, newestOwn, incarnation);
    }

    private static ClockCheckpoint checkpoint(List<String> words) {
        VectorClock clock = clock(words.get(1));
        return new ClockCheckpoint(
                US, clock, lamport(clock), offsets(words.get(2)), words.get(3).equals("joined"), "topic", 0);
    }

    private static EventsLog log(String ends) {
        Map<Integer, Long> starts = new TreeMap<>(offsets(ends));
        starts.replaceAll((partition, end) -> 0L);
        return new EventsLog("topic", starts, offsets(ends));
    }

    /** @param written the clock, and what differs: {@code payload=}, {@code lamport=} */
    private static Event message(String process, List<String> written) {
        VectorClock clock = clock(written.get(0));
        ProcessId id = ProcessId.of(process);
        LamportTimestamp lamport = named("lamport", written)
                .map(value -> new LamportTimestamp(Long.parseLong(value)))
                .orElseGet(() -> lamport(clock));
        String payload = named("payload", written).orElse("text");
        return new Event(
                id, clock.get(id), Optional.of(clock), lamport, Optional.empty(), payload, 0, Event.Kind.MESSAGE);
    }

    private static VectorClock clock(String written) {
        return VectorClock.parse(written.replace(",", ", "));
    }

    /** The sum of a clock's entries: greater for every event than for all that happened before it. */
    private static LamportTimestamp lamport(VectorClock clock) {
        long[] sum = new long[1];
        clock.forEach((process, counter) -> sum[0] += counter);
        return new LamportTimestamp(sum[0]);
    }

    private static Map<Integer, Long> offsets(String written) {
        Map<Integer, Long> offsets = new TreeMap<>();
        for (String each : written.split(",")) {
            Place place = place(each);
            offsets.put(place.partition(), place.offset());
        }
        return offsets;
    }

    private static Place place(String written) {
        String[] parts = written.split("@");
        return new Place(Integer.parseInt(parts[0]), Long.parseLong(parts[1]));
    }

    private static Optional<String> named(String name, List<String> words) {
        return words.stream()
                .filter(word -> word.startsWith(name + "="))
                .map(word -> word.substring(name.length() + 1))
                .findFirst();
    }

    private static List<String> words(String line) {
        return Stream.of(line.split(" ")).filter(word -> !word.isEmpty()).toList();
    }
}
