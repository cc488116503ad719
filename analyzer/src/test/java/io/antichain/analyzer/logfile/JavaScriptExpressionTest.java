package io.antichain.analyzer.logfile;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

class JavaScriptExpressionTest {
    @Test
    void aBraceThatBeginsNoQuantifierIsItself() {
        assertThat(toJava("{.*} a{2} b{2,} \\{")).isEqualTo("\\{.*\\} a{2} b{2,} \\{");
        assertThat(Pattern.matches(toJava("(?<clock>{.*})"), "{\"a\":1}")).isTrue();
    }

    @Test
    void whatIsSpecialInJavasClassesAloneIsItself() {
        assertThat(Pattern.matches(toJava("[[&&a]+"), "[&a")).isTrue();
    }

    @Test
    void anEmptyClassMatchesNothingAndItsOppositeAnything() {
        assertThat(Pattern.matches(toJava("a[]"), "a")).isFalse();
        assertThat(Pattern.matches(toJava("a[^]b"), "a\nb")).isTrue();
    }

    @Test
    void aGroupNameMayHoldAnUnderscoreOrADollar() {
        JavaScriptExpression expression =
                JavaScriptExpression.of("(?<log_level>x)\\k<log_level>(?<$a>y)(?:z)(?<!w)\\(\\?", "--parser");
        assertThat(expression.groups()).containsExactly("log_level", "$a");
        Matcher matcher = expression.pattern().matcher("xxyz(?");
        assertThat(matcher.matches()).isTrue();
        assertThat(JavaScriptExpression.group(matcher, "$a")).isEqualTo("y");
    }

    private static String toJava(String expression) {
        return JavaScriptExpression.toJava(expression, new ArrayList<>());
    }
}
