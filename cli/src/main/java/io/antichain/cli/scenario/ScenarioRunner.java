package io.antichain.cli.scenario;

import io.antichain.cli.access.HttpAccess;
import io.antichain.cli.scenario.NodeClient.Accepted;
import io.antichain.clocks.VectorClock;
import java.net.http.HttpClient;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Function;
import java.util.stream.IntStream;

/**
 * Drives running nodes through a scenario. With a number of messages, the scenario is repeated until so many were sent, and
 * the last round is cut short.
 */
public final class ScenarioRunner {
    private static final Duration CONNECT_TIMEOUT = Duration.ofSeconds(5);
    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final long STEP_NS = Duration.ofMillis(2).toNanos();
    private static final int KEYS = 4;

    private final Scenario scenario;
    private final List<NodeClient> nodes;
    private final Random random;
    private final Duration patience;
    private final List<SentMessage> sent = new ArrayList<>();
    private final Set<Integer> paused = new HashSet<>();
    private int remaining;
    private int burst;
    private int cut;

    /**
     * @param urls the nodes' addresses: node 1, node 2, …
     * @param access what they are asked with
     * @param seed decides keys and who takes which turn
     */
    public ScenarioRunner(Scenario scenario, List<String> urls, HttpAccess access, long seed) {
        this(scenario, urls, access, seed, PATIENCE);
    }

    /**
     * The same with nodes that may be slow.
     *
     * @param patience how long a node may take for an answer, and go without delivering anything; else 30 s
     */
    public ScenarioRunner(Scenario scenario, List<String> urls, HttpAccess access, long seed, Duration patience) {
        HttpClient http = access.client().connectTimeout(CONNECT_TIMEOUT).build();
        this.scenario = scenario;
        this.nodes = urls.stream()
                .map(url -> new NodeClient(access, http, url, patience))
                .toList();
        this.random = new Random(seed);
        this.patience = patience;
    }

    /** Runs the scenario once. */
    public List<SentMessage> run() {
        remaining = Integer.MAX_VALUE;
        round();
        return List.copyOf(sent);
    }

    /** Runs the scenario over and over until {@code messages} are sent. */
    public List<SentMessage> run(int messages) {
        remaining = messages;
        while (remaining > 0) {
            int before = remaining;
            round();
            if (remaining == before) {
                throw new ScenarioException(
                        ScenarioException.Kind.SENDS_NOTHING,
                        "The scenario sends no message, so that repeating it never ends: scenario=" + scenario.name());
            }
        }
        return List.copyOf(sent);
    }

    private void round() {
        try {
            scenario.steps().forEach(this::step);
        } finally {
            resume(List.copyOf(paused));
        }
    }

    private void step(Step step) {
        if (step instanceof Step.Sync) {
            all(listening(), NodeClient::sync);
        } else if (step instanceof Step.Pause pause) {
            pause(numbers(pause.nodes()));
        } else if (step instanceof Step.Resume resume) {
            resume(numbers(resume.nodes()));
        } else if (step instanceof Step.Turns turns) {
            turns(turns.messages(), numbers(turns.nodes()));
        } else if (step instanceof Step.Burst everyone) {
            burst(everyone.messages(), numbers(everyone.nodes()));
        } else if (step instanceof Step.Repeat repeat) {
            for (int i = 0; i < repeat.times(); i++) {
                repeat.steps().forEach(this::step);
            }
        }
    }

    private void pause(List<Integer> numbers) {
        if (paused.isEmpty()) {
            cut++;
        }
        all(numbers, NodeClient::pause);
        paused.addAll(numbers);
    }

    private void resume(List<Integer> numbers) {
        all(numbers, NodeClient::resume);
        numbers.forEach(paused::remove);
    }

    private void turns(int messages, List<Integer> numbers) {
        for (int i = 0; i < messages && remaining > 0; i++) {
            int number = numbers.get(random.nextInt(numbers.size()));
            SentMessage message = join(publish(number, 0));
            sent.add(message);
            for (int listener : listening()) {
                awaitDelivery(listener, message);
            }
        }
    }

    private void burst(int messages, List<Integer> numbers) {
        burst++;
        List<CompletableFuture<SentMessage>> underWay = new ArrayList<>();
        for (int i = 0; i < messages; i++) {
            for (int number : numbers) {
                if (remaining > 0) {
                    underWay.add(publish(number, burst));
                }
            }
        }
        underWay.forEach(message -> sent.add(join(message)));
    }

    private CompletableFuture<SentMessage> publish(int number, int inBurst) {
        remaining--;
        int inCut = paused.isEmpty() ? 0 : cut;
        boolean cutOff = paused.contains(number);
        String payload = scenario.name() + " from node " + number;
        CompletableFuture<Accepted> accepted =
                nodes.get(number - 1).publish(payload, "key-" + (1 + random.nextInt(KEYS)));
        return accepted.thenApply(answer ->
                new SentMessage(number, answer.dot(), answer.clock(), answer.lamport(), inBurst, inCut, cutOff));
    }

    private void awaitDelivery(int number, SentMessage message) {
        NodeClient listener = nodes.get(number - 1);
        long deadline = System.nanoTime() + patience.toNanos();
        Optional<VectorClock> known = join(listener.clock());
        if (known.isEmpty() || message.clock().isEmpty()) {
            // No vector clock shows whether it was delivered; after a sync it is.
            join(listener.sync());
            return;
        }
        while (!known.orElseThrow().includes(message.dot())) {
            if (System.nanoTime() > deadline) {
                throw new NodeClientException(
                        NodeClientException.Kind.STALLED,
                        "Timed out after " + patience.toSeconds() + " s without a delivery by the node: node=" + number
                                + ", next=" + message.dot());
            }
            LockSupport.parkNanos(STEP_NS);
            Optional<VectorClock> before = known;
            known = join(listener.clock());
            deadline = known.equals(before) ? deadline : System.nanoTime() + patience.toNanos();
        }
    }

    private List<Integer> listening() {
        return numbers(List.of()).stream()
                .filter(number -> !paused.contains(number))
                .toList();
    }

    private List<Integer> numbers(List<Integer> named) {
        for (int number : named) {
            if (number > nodes.size()) {
                throw new ScenarioException(
                        ScenarioException.Kind.TOO_FEW_NODES,
                        "The scenario names a node that is not there: scenario=" + scenario.name() + ", node=" + number
                                + ", nodes=" + nodes.size());
            }
        }
        return named.isEmpty() ? IntStream.rangeClosed(1, nodes.size()).boxed().toList() : named;
    }

    private void all(List<Integer> numbers, Function<NodeClient, CompletableFuture<Void>> request) {
        List<CompletableFuture<Void>> underWay = numbers.stream()
                .map(number -> request.apply(nodes.get(number - 1)))
                .toList();
        underWay.forEach(ScenarioRunner::join);
    }

    private static <T> T join(CompletableFuture<T> future) {
        try {
            return future.join();
        } catch (CompletionException e) {
            throw e.getCause() instanceof NodeClientException failure ? failure : e;
        }
    }
}
