package io.antichain.node.kafka;

import io.antichain.node.protocol.Effect;
import io.antichain.node.protocol.Moment;
import io.antichain.node.protocol.NodeProtocol;
import io.antichain.node.protocol.OwnPast;
import io.antichain.node.protocol.Place;
import io.antichain.node.request.NodeEnd;
import io.antichain.node.state.EventsLog;
import io.antichain.schemas.kafka.KafkaRefusal;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.errors.InterruptException;
import org.apache.kafka.common.errors.ProducerFencedException;

/**
 * Does with Kafka what the {@link NodeProtocol} asks for, and tells it the outcome. It has one session at a time, from a
 * fencing to the next failure. For the writer thread.
 */
final class KafkaEffects implements AutoCloseable {
    private final KafkaNodeSettings settings;
    private final Clients clients;
    private final TopicStates states;
    private final NodeProtocol protocol;
    private final Inbox inbox;
    private final NodeMetrics metrics;
    private final WaitReason waitReason;
    private final Journal journal;
    private final Supplier<Moment> now;
    private final BooleanSupplier wasReady;
    private Optional<Session> session = Optional.empty();

    /** @param wasReady whether the node has published once: until then a failure that no waiting can help ends it */
    KafkaEffects(
            KafkaNodeSettings settings,
            NodeProtocol protocol,
            Inbox inbox,
            NodeMetrics metrics,
            WaitReason waitReason,
            Journal journal,
            Supplier<Moment> now,
            BooleanSupplier wasReady) {
        this.settings = settings;
        this.clients = new Clients(settings);
        this.states = new TopicStates(clients);
        this.protocol = protocol;
        this.inbox = inbox;
        this.metrics = metrics;
        this.waitReason = waitReason;
        this.journal = journal;
        this.now = now;
        this.wasReady = wasReady;
    }

    /**
     * Carries out an effect that concerns Kafka, and no other.
     *
     * @return what to do instead of whatever was still to be done, if the protocol was told an outcome
     */
    Optional<List<Effect>> perform(Effect effect) throws InterruptedException {
        if (effect instanceof Effect.Commit commit) {
            return Optional.of(commit(commit));
        } else if (effect instanceof Effect.Fence) {
            return recovering(this::fence);
        } else if (effect instanceof Effect.ReadBack) {
            return recovering(this::readBack);
        } else if (effect instanceof Effect.DescribeTopic) {
            return Optional.of(describeTopic());
        } else if (effect instanceof Effect.StartReading reading) {
            session.orElseThrow().startReading(inbox, reading.positions());
        } else if (effect instanceof Effect.HoldReading holding) {
            session.orElseThrow().holdReading(holding.partitions());
        } else if (effect instanceof Effect.Abort) {
            return abort();
        }
        return Optional.empty();
    }

    private List<Effect> commit(Effect.Commit commit) throws InterruptedException {
        journal.attempted(commit.transaction());
        long beginNs = System.nanoTime();
        try {
            List<Place> places = session.orElseThrow().transactions().commit(commit.transaction(), settings.topics());
            metrics.transaction.record(System.nanoTime() - beginNs, TimeUnit.NANOSECONDS);
            metrics.published.increment(commit.transaction().messages().size());
            journal.committed(places);
            return protocol.committed(places, now.get());
        } catch (TransactionFailedException e) {
            metrics.aborted.increment();
            if (Clients.isHopeless(e) && !wasReady.getAsBoolean()) {
                return List.of(new Effect.End(cannotStart(e)));
            }
            waitReason.report("The last transaction failed, and the log is read again: " + e.getMessage());
            return protocol.failed(e.getMessage());
        }
    }

    private Optional<List<Effect>> fence() throws InterruptedException {
        // A missing topic is found before anybody is fenced for it.
        states.of(settings.topics().events());
        session = Optional.of(Session.open(settings, clients, metrics, waitReason));
        return Optional.empty();
    }

    private Optional<List<Effect>> readBack() throws InterruptedException {
        OwnPast past = session.orElseThrow().readBack(states);
        waitReason.over();
        journal.recovered(past);
        return Optional.of(protocol.recovered(past, now.get()));
    }

    private List<Effect> describeTopic() throws InterruptedException {
        EventsLog log;
        try {
            log = states.of(settings.topics().events());
        } catch (InterruptException e) {
            throw e;
        } catch (KafkaException e) {
            waitReason.report("Kafka must tell how the events topic stands: " + Clients.rootMessage(e));
            return protocol.failed(Clients.rootMessage(e));
        }
        return protocol.described(log, now.get());
    }

    private Optional<List<Effect>> abort() throws InterruptedException {
        boolean rival = session.orElseThrow().transactions().abortFindsRival();
        closeSession();
        return rival ? Optional.of(protocol.fenced()) : Optional.empty();
    }

    /** A step of recovery. */
    private interface Step {
        Optional<List<Effect>> take() throws InterruptedException;
    }

    private Optional<List<Effect>> recovering(Step step) throws InterruptedException {
        try {
            return step.take();
        } catch (InterruptException e) {
            throw e;
        } catch (ProducerFencedException e) {
            return Optional.of(protocol.fenced());
        } catch (KafkaException e) {
            closeSession();
            if (Clients.isHopeless(e) && !wasReady.getAsBoolean()) {
                return Optional.of(List.of(new Effect.End(cannotStart(e))));
            }
            String reason = refusal(e);
            waitReason.report("Kafka and the schema registry must answer: " + reason + "; " + addresses()
                    + "; look whether both run there");
            return Optional.of(protocol.notRecovered(reason));
        }
    }

    private NodeEnd cannotStart(Exception e) {
        return new NodeEnd(
                NodeEnd.Kind.CANNOT_START,
                "A node cannot start with these settings: process=" + settings.process() + ", " + addresses()
                        + ", reason="
                        + refusal(e)
                        + "; correct what it names, and start it again");
    }

    private String refusal(Exception e) {
        Map<String, Object> client = new HashMap<>(settings.client());
        client.put("transactional.id", Clients.transactionalId(settings));
        return KafkaRefusal.sentence(e, client).orElse(Clients.rootMessage(e));
    }

    private String addresses() {
        return "bootstrap.servers=" + settings.client().get("bootstrap.servers") + ", schema.registry.url="
                + settings.client().get("schema.registry.url");
    }

    private void closeSession() {
        session.ifPresent(Session::close);
        session = Optional.empty();
        inbox.forgetReads();
    }

    /** Ends the session, and says nothing to anybody: what is open is for the next life to settle. */
    @Override
    public void close() {
        try {
            closeSession();
        } finally {
            states.close();
        }
    }
}
