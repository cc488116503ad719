package io.antichain.analyzer.logfile;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

class JavaScriptExpressionTest {
    @Test
    void aBraceThatBeginsNoQuantifierIsItself() {
        assertThat(toJava("{.*} a{2} b{2,} \\{")).isEqualTo("\\{[^\\n\\r\\u2028\\u2029]*\\} a{2} b{2,} \\{");
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
    void aLineEndsWhereItDoesInJavaScript() {
        assertThat(Pattern.matches(toJava(".*"), "left\u0085right")).isTrue();
        for (String end : List.of("\n", "\r", "\u2028", "\u2029")) {
            assertThat(Pattern.matches(toJava(".*"), end)).as(end).isFalse();
            assertThat(Pattern.compile(toJava("^b$"))
                            .matcher("a" + end + "b" + end + "c")
                            .find())
                    .as(end)
                    .isTrue();
        }
        assertThat(Pattern.compile(toJava("^b$")).matcher("a\u0085b\u0085c").find())
                .isFalse();
        assertThat(Pattern.compile(toJava("a\n^$")).matcher("a\n").find()).isTrue();
    }

    @Test
    void escapesMeanWhatTheyMeanInJavaScript() {
        assertThat(Pattern.matches(toJava("\\s[\\s][^\\S]"), "\u00a0\u3000\ufeff"))
                .isTrue();
        assertThat(Pattern.matches(toJava("\\S+"), "\u0085x")).isTrue();
        assertThat(Pattern.matches(toJava("\\h\\A\\Q\\-\\v"), "hAQ-\u000b")).isTrue();
        assertThat(Pattern.compile(toJava("\\bx")).matcher("\u00fcx").find()).isTrue();
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
