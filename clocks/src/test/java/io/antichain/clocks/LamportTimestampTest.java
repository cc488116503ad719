package io.antichain.clocks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

/**
 * One exchange under both receive rules: p publishes three times, q delivers the third and publishes, p delivers that and
 * publishes.
 */
class LamportTimestampTest {
    private static final LamportTimestamp THIRD_OF_P =
            LamportTimestamp.ZERO.tick().tick().tick();

    @Test
    void underRuleMergeTheExchangeIsStamped3Then4Then5() {
        LamportTimestamp answer =
                LamportTimestamp.ZERO.deliver(THIRD_OF_P, ReceiveRule.MERGE).tick();
        LamportTimestamp reply = THIRD_OF_P.deliver(answer, ReceiveRule.MERGE).tick();
        assertThat(THIRD_OF_P.value()).isEqualTo(3);
        assertThat(answer.value()).isEqualTo(4);
        assertThat(reply.value()).isEqualTo(5);
    }

    @Test
    void underRuleTickTheExchangeIsStamped3Then5Then7() {
        LamportTimestamp received = LamportTimestamp.ZERO.deliver(THIRD_OF_P, ReceiveRule.TICK);
        LamportTimestamp answer = received.tick();
        LamportTimestamp reply = THIRD_OF_P.deliver(answer, ReceiveRule.TICK).tick();
        assertThat(received.value()).isEqualTo(4);
        assertThat(answer.value()).isEqualTo(5);
        assertThat(reply.value()).isEqualTo(7);
    }

    @Test
    void tickingAgainForTheReceiptUnderRuleTickCountsItTwice() {
        LamportTimestamp receivedOnce = LamportTimestamp.ZERO.deliver(THIRD_OF_P, ReceiveRule.TICK);
        LamportTimestamp receivedTwice = receivedOnce.tick();
        assertThat(receivedOnce.value()).isEqualTo(4);
        assertThat(receivedTwice.value()).isEqualTo(5);
        assertThat(receivedTwice.tick().value())
                .as("still above all causes, but one more than rule TICK says")
                .isEqualTo(receivedOnce.tick().value() + 1);
    }

    @Test
    void deliveryNeverLowersTheTimestamp() {
        LamportTimestamp own = new LamportTimestamp(9);
        assertThat(own.deliver(THIRD_OF_P, ReceiveRule.MERGE).value()).isEqualTo(9);
        assertThat(own.deliver(THIRD_OF_P, ReceiveRule.TICK).value()).isEqualTo(10);
    }

    @Test
    void timestampsOutsideTheRangeAreRefused() {
        LamportTimestamp last = new LamportTimestamp(LamportTimestamp.MAX_VALUE);
        assertThatThrownBy(() -> new LamportTimestamp(-1)).hasMessageContaining("lamport=-1;");
        assertThatThrownBy(last::tick).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> last.deliver(last, ReceiveRule.TICK)).isInstanceOf(IllegalArgumentException.class);
        assertThat(last.deliver(last, ReceiveRule.MERGE)).isEqualTo(last);
    }

    @Test
    void writtenFormIsTheNumber() {
        assertThat(new LamportTimestamp(Long.parseLong(THIRD_OF_P.toString()))).isEqualTo(THIRD_OF_P);
    }
}
