package io.antichain.schemas.codec;

import static org.assertj.core.api.Assertions.assertThat;

import io.antichain.clocks.Dot;
import io.antichain.clocks.LamportTimestamp;
import io.antichain.clocks.ProcessId;
import io.antichain.clocks.VectorClock;
import io.antichain.schemas.Conflict;
import io.antichain.schemas.EventRef;
import io.antichain.schemas.Run;
import io.antichain.schemas.Scope;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Random;
import java.util.stream.IntStream;
import org.apache.avro.io.BinaryEncoder;
import org.apache.avro.io.EncoderFactory;
import org.junit.jupiter.api.Test;

class ConflictBytesTest {
    private static final byte[] FRAME = {0, 0, 0, 0, 7};

    @Test
    void theBytesAreThoseThatAvroMakesOfTheWireForm() throws IOException {
        ConflictBytes writer = new ConflictBytes();
        for (long seed = 1; seed <= 5_000; seed++) {
            Conflict conflict = random(new Random(seed));
            assertThat(writer.of(FRAME, conflict)).as("seed %d", seed).isEqualTo(byAvro(conflict));
        }
    }

    private static byte[] byAvro(Conflict conflict) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        bytes.writeBytes(FRAME);
        BinaryEncoder encoder = EncoderFactory.get().directBinaryEncoder(bytes, null);
        io.antichain.wire.Conflict wire = WireCodec.toWire(conflict);
        new org.apache.avro.specific.SpecificDatumWriter<>(io.antichain.wire.Conflict.class).write(wire, encoder);
        return bytes.toByteArray();
    }

    private static Conflict random(Random random) {
        Scope scope = random.nextBoolean() ? Scope.ALL : Scope.KEY;
        int part = 1 + random.nextInt(3);
        return new Conflict(
                scope,
                scope == Scope.ALL ? Optional.empty() : Optional.of("ключ-" + random.nextInt(1_000)),
                random.nextBoolean() ? Conflict.Status.CONCURRENT : Conflict.Status.RESOLVED,
                event(random),
                several(
                        random,
                        () -> new Run(
                                process(random),
                                number(random),
                                number(random),
                                random.nextInt(9),
                                number(random),
                                random.nextInt(9),
                                number(random),
                                number(random),
                                number(random),
                                several(random, () -> number(random)))),
                several(random, () -> new Dot(process(random), number(random))),
                several(random, () -> event(random)),
                random.nextBoolean(),
                random.nextBoolean() ? OptionalLong.empty() : OptionalLong.of(number(random)),
                part,
                part + random.nextInt(2));
    }

    private static EventRef event(Random random) {
        Map<ProcessId, Long> entries = new HashMap<>();
        IntStream.range(0, random.nextInt(6)).forEach(i -> entries.put(process(random), number(random)));
        return new EventRef(
                new Dot(process(random), number(random)),
                random.nextInt(100),
                number(random),
                VectorClock.of(entries),
                new LamportTimestamp(number(random)),
                random.nextInt() * 1_000L);
    }

    private static ProcessId process(Random random) {
        return new ProcessId("процесс-" + random.nextInt(20), random.nextInt(3));
    }

    private static long number(Random random) {
        return 1 + (random.nextLong() >>> (11 + random.nextInt(52)));
    }

    private static <T> List<T> several(Random random, java.util.function.Supplier<T> item) {
        List<T> items = new ArrayList<>();
        for (int n = random.nextInt(5); n > 0; n--) {
            items.add(item.get());
        }
        return items;
    }
}
