package io.antichain.analyzer.logfile;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

class JavaScriptExpressionTest {
    @Test
    void aBraceThatBeginsNoQuantifierIsItself() {
        assertThat(JavaScriptExpression.toJava("{.*} a{2} b{2,} \\{")).isEqualTo("\\{.*\\} a{2} b{2,} \\{");
        assertThat(Pattern.matches(JavaScriptExpression.toJava("(?<clock>{.*})"), "{\"a\":1}"))
                .isTrue();
    }

    @Test
    void whatIsSpecialInJavasClassesAloneIsItself() {
        assertThat(Pattern.matches(JavaScriptExpression.toJava("[[&&a]+"), "[&a"))
                .isTrue();
    }

    @Test
    void aGroupNameMayHoldAnUnderscore() {
        assertThat(JavaScriptExpression.toJava("(?<log_level>x)")).isEqualTo("(?<logU005Flevel>x)");
    }
}
