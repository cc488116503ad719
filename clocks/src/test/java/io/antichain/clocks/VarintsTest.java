package io.antichain.clocks;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class VarintsTest {
    @ParameterizedTest
    @CsvSource({
        "0, 1",
        "127, 1",
        "128, 2",
        "16383, 2",
        "16384, 3",
        "9007199254740991, 8",
        "9223372036854775807, 9",
        "-1, 10",
        "-9223372036854775808, 10"
    })
    void aNumberTakesAByteForEachSevenBitsAndComesBack(long number, int bytes) {
        byte[] page = new byte[1 + Varints.MOST_BYTES];

        assertThat(Varints.put(page, 1, number)).isEqualTo(1 + bytes);
        assertThat(Varints.length(number)).isEqualTo(bytes);
        assertThat(Varints.get(page, 1)).isEqualTo(number);
        assertThat(Varints.after(page, 1)).isEqualTo(1 + bytes);
    }
}
