package io.antichain.node.simulation;

import io.antichain.clocks.ReceiveRule;
import io.antichain.node.protocol.Command;
import io.antichain.node.protocol.Moment;
import io.antichain.node.protocol.ProtocolSettings;
import io.antichain.node.protocol.Publish;
import io.antichain.node.state.ClockKind;
import io.antichain.node.state.StampingRules;
import io.antichain.schemas.Gateway;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;

/**
 * Four nodes and a log of one to four partitions, driven by one seed: crashes at every step, zombies and rivals, lost
 * acknowledgements, transactions that time out, lost, broken and older checkpoints, records that cannot be decoded, different
 * reading speeds, pauses and orderly stops. Then everything heals, and must come to rest.
 */
final class Simulation {
    /** More than is ever held here, bytes. */
    static final long NEVER_FULL = 1_000_000;

    private static final int ABOUT_A_MESSAGE_BYTES = 250;

    private static final List<String> NAMES = List.of("node-1", "node-2", "node-3", "node-4");
    private static final int STEPS = 800;
    private static final int STEPS_BETWEEN_LOOKS = 25;
    private static final int STEPS_TO_TIME_OUT = 1_000;
    private static final int MOST_STEPS_TO_HEAL = 40_000;

    private final Random random;
    private final Truth truth = new Truth();
    private final SimulatedLog log;
    private final Invariants invariants;
    private final List<SimulatedNode> nodes = new ArrayList<>();
    private final List<Publish> repeatable = new ArrayList<>();
    private final List<SimulatedNode> repeatableOn = new ArrayList<>();
    private final ClockKind[] kinds = new ClockKind[NAMES.size()];
    private final ReceiveRule receive;
    private final boolean breaks;
    private final long maxHeldBytes;
    private long nowMs;
    private long tickets;
    private int messages;

    Simulation(long seed) {
        random = new Random(seed);
        log = new SimulatedLog(1 + random.nextInt(4), truth);
        invariants = new Invariants(log, truth);
        receive = random.nextBoolean() ? ReceiveRule.MERGE : ReceiveRule.TICK;
        breaks = random.nextInt(5) == 0;
        maxHeldBytes = random.nextInt(5) == 0 ? ABOUT_A_MESSAGE_BYTES * (1 + random.nextInt(6)) : NEVER_FULL;
        boolean mixed = random.nextInt(4) == 0;
        for (int i = 0; i < kinds.length; i++) {
            kinds[i] = mixed && random.nextBoolean() ? ClockKind.LAMPORT : ClockKind.VECTOR;
        }
    }

    /** Runs it; returns how many messages were committed. */
    int run() {
        NAMES.forEach(this::start);
        for (int step = 0; step < STEPS; step++) {
            nowMs += random.nextInt(40);
            happen();
        }
        heal();
        invariants.verdictsAreTheTruth();
        return truth.facts().size();
    }

    private void happen() {
        int dice = random.nextInt(1_000);
        if (dice < 120) {
            ask();
        } else if (dice < 130) {
            command();
        } else if (dice < 200) {
            writeMarker();
        } else if (dice < 206) {
            log.timeOut(anyName());
        } else if (dice < 211) {
            crash();
        } else if (dice < 236) {
            restart();
        } else if (dice < 242) {
            any().ifPresent(node -> node.frozen = !node.frozen);
        } else if (dice < 244) {
            start(anyName());
        } else if (dice < 246) {
            any().ifPresent(SimulatedNode::stop);
        } else if (dice < 248) {
            loseCheckpoint();
        } else if (dice < 250) {
            log.breakNewest(anyName());
        } else if (dice < 253) {
            loseNewest();
        } else {
            any().filter(node -> !node.frozen).ifPresent(node -> step(node, true));
        }
    }

    private void step(SimulatedNode node, boolean faulty) {
        node.step(new Moment(nowMs, nowMs), faulty);
        if (node.ended) {
            nodes.remove(node);
        }
    }

    private void ask() {
        any().filter(SimulatedNode::isReady).ifPresent(node -> {
            int repeated = repeatableOn.lastIndexOf(node);
            if (repeated >= 0 && random.nextInt(3) == 0) {
                Publish first = repeatable.get(repeated);
                ask(node, new Publish(++tickets, first.repeatKey(), first.key(), first.payload()));
                return;
            }
            Optional<String> key = random.nextBoolean() ? Optional.of("key-" + random.nextInt(5)) : Optional.empty();
            Optional<String> repeatKey =
                    random.nextInt(3) == 0 ? Optional.of("repeat-" + messages) : Optional.<String>empty();
            Publish publish = new Publish(++tickets, repeatKey, key, Integer.toString(messages));
            if (breaks && random.nextInt(15) == 0) {
                log.broken.set(messages);
            }
            messages++;
            if (repeatKey.isPresent()) {
                repeatable.add(publish);
                repeatableOn.add(node);
            }
            ask(node, publish);
        });
    }

    private void ask(SimulatedNode node, Publish publish) {
        invariants.asked(publish.ticket(), Integer.parseInt(publish.payload()));
        node.ask(publish);
    }

    private void command() {
        any().filter(SimulatedNode::isReady).ifPresent(node -> {
            Command.Kind kind = Command.Kind.values()[random.nextInt(3)];
            long ticket = ++tickets;
            if (kind == Command.Kind.SYNC) {
                invariants.askedSync(ticket);
            }
            node.ask(new Command(ticket, kind));
        });
    }

    private void writeMarker() {
        List<SimulatedLog.Txn> unsettled = log.unsettled();
        if (!unsettled.isEmpty()) {
            log.writeMarker(unsettled.get(random.nextInt(unsettled.size())));
        }
    }

    private void crash() {
        any().ifPresent(nodes::remove);
    }

    private void restart() {
        String name = anyName();
        if (nodes.stream().noneMatch(node -> node.name.equals(name))) {
            start(name);
        }
    }

    private void loseCheckpoint() {
        String name = anyName();
        if (nodes.stream().noneMatch(node -> node.name.equals(name))) {
            log.loseCheckpoint(name);
        }
    }

    /** Not where messages cannot be decoded: what neither log can tell, nobody knows. */
    private void loseNewest() {
        String name = anyName();
        if (!breaks && nodes.stream().noneMatch(node -> node.name.equals(name))) {
            log.loseNewest(name, 1 + random.nextInt(3));
        }
    }

    private void start(String name) {
        StampingRules rules =
                new StampingRules(kinds[NAMES.indexOf(name)], receive, new Gateway(Gateway.DEFAULT_MAX_CLOCK_WIDTH));
        ProtocolSettings settings = new ProtocolSettings(name, rules, 2_000, maxHeldBytes, 100, false);
        nodes.add(new SimulatedNode(settings, log, truth, invariants, random));
    }

    private void heal() {
        nodes.forEach(node -> node.frozen = false);
        NAMES.forEach(this::giveUpWhatIsBroken);
        for (String name : NAMES) {
            if (nodes.stream().noneMatch(node -> node.name.equals(name))) {
                start(name);
            }
        }
        int steps = 0;
        while (steps % STEPS_BETWEEN_LOOKS != 0 || !isAtRest()) {
            if (++steps == MOST_STEPS_TO_HEAL) {
                Invariants.holds("everythingComesToRest", false, nodes);
            }
            nowMs += random.nextInt(10);
            writeMarker();
            if (steps % STEPS_TO_TIME_OUT == 0) {
                NAMES.forEach(log::timeOut);
            }
            NAMES.stream()
                    .filter(name -> nodes.stream().noneMatch(node -> node.name.equals(name)))
                    .toList()
                    .forEach(this::start);
            any().ifPresent(node -> {
                if (node.isReady() && node.protocol.paused()) {
                    node.ask(new Command(++tickets, Command.Kind.RESUME));
                }
                step(node, false);
            });
        }
    }

    /** An operator writes a tombstone for a name whose newest checkpoint cannot be read. */
    private void giveUpWhatIsBroken(String name) {
        if (log.newest(name, log.highWatermark(log.eventPartitions()))
                .filter(log::isUnreadable)
                .isPresent()) {
            nodes.removeIf(node -> node.name.equals(name));
            log.loseCheckpoint(name);
        }
    }

    private boolean isAtRest() {
        return nodes.size() == NAMES.size()
                && log.unsettled().isEmpty()
                && nodes.stream().allMatch(node -> node.isReady() && node.isIdle() && knowsAll(node));
    }

    private boolean knowsAll(SimulatedNode node) {
        return truth.facts().stream()
                .allMatch(fact -> log.broken.get(fact.message())
                        || fact.event().clock().isEmpty()
                        || node.knowledge.known().get(fact.message()));
    }

    private Optional<SimulatedNode> any() {
        return nodes.isEmpty() ? Optional.empty() : Optional.of(nodes.get(random.nextInt(nodes.size())));
    }

    private String anyName() {
        return NAMES.get(random.nextInt(NAMES.size()));
    }
}
