package io.antichain.node.protocol;

import io.antichain.clocks.VectorClock;
import io.antichain.node.request.NodeView;
import io.antichain.schemas.ClockCheckpoint;
import io.antichain.schemas.Event;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Writes effects as lines to be read. */
final class EffectText {
    private EffectText() {}

    static Stream<String> lines(Effect effect) {
        if (effect instanceof Effect.Commit commit) {
            return Stream.of(
                            Stream.of("commit"),
                            commit.transaction().messages().stream().map(EffectText::message),
                            Stream.of(checkpoint(commit.transaction().checkpoint())))
                    .flatMap(lines -> lines);
        }
        return Stream.of(line(effect));
    }

    private static String line(Effect effect) {
        if (effect instanceof Effect.Show show) {
            return "show " + view(show.view());
        } else if (effect instanceof Effect.StartReading reading) {
            return "start reading at " + offsets(reading.positions());
        } else if (effect instanceof Effect.HoldReading holding) {
            return "hold reading of " + holding.partitions();
        } else if (effect instanceof Effect.Delivered delivered) {
            return "deliver " + delivered.event().dot() + " of " + place(delivered.place());
        } else if (effect instanceof Effect.OutOfOrder early) {
            return "deliver out of order " + early.event().dot() + " of " + place(early.place());
        } else if (effect instanceof Effect.Rejected rejected) {
            return "reject " + rejected.event().dot() + " of " + place(rejected.place()) + ": "
                    + rejected.rejection().kind();
        } else if (effect instanceof Effect.Wait waiting) {
            return "wait " + waiting.ms() + " ms";
        } else if (effect instanceof Effect.End end) {
            return "end " + end.end().kind() + ": " + end.end().sentence();
        }
        return request(effect);
    }

    private static String request(Effect effect) {
        if (effect instanceof Effect.Answer answer) {
            return "answer " + answer.ticket() + " "
                    + answer.published().event().dot() + " at "
                    + answer.published().partition() + "@"
                    + answer.published().offset();
        } else if (effect instanceof Effect.AnswerView answer) {
            return "answer " + answer.ticket() + " " + view(answer.view());
        } else if (effect instanceof Effect.Refuse refuse) {
            return "refuse " + refuse.ticket() + " " + refuse.refusal().reason() + ": "
                    + refuse.refusal().getMessage();
        } else if (effect instanceof Effect.Fence) {
            return "fence the name";
        } else if (effect instanceof Effect.ReadBack) {
            return "read back";
        } else if (effect instanceof Effect.DescribeTopic) {
            return "describe the topic";
        } else if (effect instanceof Effect.Abort) {
            return "abort";
        }
        throw new IllegalArgumentException("An effect has no text: " + effect);
    }

    private static String message(Event event) {
        return "  message " + event.dot() + " "
                + event.clock().map(EffectText::clock).orElse("-") + " lamport="
                + event.lamport().value() + " " + event.payload();
    }

    private static String checkpoint(ClockCheckpoint checkpoint) {
        return "  checkpoint " + clock(checkpoint.clock()) + " " + offsets(checkpoint.positions())
                + (checkpoint.joined() ? " joined" : " not-joined");
    }

    private static String view(NodeView view) {
        return view.condition()
                + view.state().map(state -> " " + clock(state.clock())).orElse("")
                + (view.paused() ? " paused" : "")
                + (view.held().messages() == 0
                        ? ""
                        : " held=" + view.held().messages() + " waiting for "
                                + view.held().waitingFor())
                + (view.reason().isEmpty() ? "" : ": " + view.reason());
    }

    /** With the processes in order, whatever order the clock keeps. */
    private static String clock(VectorClock clock) {
        Map<String, Long> entries = new TreeMap<>();
        clock.forEach((process, counter) -> entries.put(process.toString(), counter));
        return entries.toString().replace(" ", "");
    }

    private static String offsets(Map<Integer, Long> offsets) {
        return new TreeMap<>(offsets)
                .entrySet().stream()
                        .map(each -> each.getKey() + "@" + each.getValue())
                        .collect(Collectors.joining(","));
    }

    private static String place(Place place) {
        return place.partition() + "@" + place.offset();
    }
}
