package io.antichain.analyzer.decode;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.antichain.analyzer.order.Message;
import io.antichain.analyzer.order.Traits;
import io.antichain.clocks.Dot;
import io.antichain.clocks.LamportTimestamp;
import io.antichain.clocks.VectorClock;
import io.antichain.schemas.Event;
import io.antichain.schemas.Position;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;

class OrderRecordTest {
    private static final Position AT = new Position("orders", 11, 300);

    private static Message message(boolean mayLeaveNumbersOut, Optional<String> key) {
        Dot dot = Dot.parse("приёмник:5");
        Event event = new Event(
                dot.process(),
                dot.counter(),
                Optional.of(VectorClock.parse("{a=700, приёмник=5}")),
                new LamportTimestamp(900),
                key,
                "never kept",
                1_795_847_786_080L,
                Event.Kind.MESSAGE);
        return new Message(event, 0x0123456789abcdefL, mayLeaveNumbersOut);
    }

    @Test
    void whatAnEngineNeedsComesBackAndThePayloadDoesNot() {
        for (boolean mayLeaveNumbersOut : new boolean[] {true, false}) {
            for (Optional<String> key : Arrays.asList(Optional.of("k ✓"), Optional.<String>empty())) {
                Message message = message(mayLeaveNumbersOut, key);
                OrderRecord read = OrderRecord.read(OrderRecord.key(message.event()), OrderRecord.placed(message, AT));
                Message back = ((OrderRecord.Placed) read).message();
                assertThat(back.at()).contains(AT);
                assertThat(back.content()).isEqualTo(message.content());
                assertThat(back.mayLeaveNumbersOut()).isEqualTo(mayLeaveNumbersOut);
                assertThat(back.event().payload()).isEmpty();
                assertThat(back.event())
                        .usingRecursiveComparison()
                        .ignoringFields("payload")
                        .isEqualTo(message.event());
            }
        }
    }

    @Test
    void whatConditionsNeedComesBack() {
        for (Traits traits : List.of(Traits.leftOut(-3), Traits.of(5, -1), Traits.of(Long.MIN_VALUE, 0, 7, -7))) {
            Message message = message(true, Optional.of("k")).with(traits);
            OrderRecord read = OrderRecord.read(OrderRecord.key(message.event()), OrderRecord.placed(message, AT));
            Message back = ((OrderRecord.Placed) read).message();
            assertThat(back.traits()).contains(traits);
            assertThat(back.event().dot()).isEqualTo(message.event().dot());
        }
    }

    @Test
    void aDeletionComesBack() {
        assertThat(OrderRecord.read(null, OrderRecord.deleted(AT, 70_000)))
                .isEqualTo(new OrderRecord.Deleted(AT, 70_000));
    }

    /** Version 1, byte by byte: what stands in the topics of others must stay readable. */
    @Test
    void theFormIsAsItIsWrittenDown() {
        assertThat(HexFormat.of().formatHex(OrderRecord.deleted(AT, 300))).isEqualTo("0101066f72646572730bac02ac02");
        assertThat(HexFormat.of().formatHex(OrderRecord.placed(message(true, Optional.empty()), AT)))
                .startsWith("0102066f72646572730bac02" + "0123456789abcdef" + "000001a220de8e60" + "21");
    }

    @Test
    void whatIsCutOffOrDamagedIsRefusedOrReadAsSomethingElseButNeverFails() {
        byte[] value = OrderRecord.placed(message(true, Optional.empty()), AT);
        for (int length = 0; length < value.length; length++) {
            byte[] cut = Arrays.copyOf(value, length);
            assertThatIllegalArgumentException().as("length %d", length).isThrownBy(() -> OrderRecord.read(null, cut));
        }
        assertThatIllegalArgumentException().isThrownBy(() -> OrderRecord.read(null, null));
        Random random = new Random(20_261_128);
        for (int i = 0; i < 20_000; i++) {
            byte[] damaged = value.clone();
            for (int n = 1 + random.nextInt(3); n > 0; n--) {
                damaged[random.nextInt(damaged.length)] = (byte) random.nextInt();
            }
            try {
                assertThat(OrderRecord.read(null, damaged)).isNotNull();
            } catch (IllegalArgumentException refused) {
                assertThat(refused).hasMessageContaining("=");
            }
        }
    }
}
