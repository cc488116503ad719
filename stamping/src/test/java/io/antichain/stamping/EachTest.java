package io.antichain.stamping;

import java.lang.reflect.Constructor;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import org.apache.kafka.common.utils.AppInfoParser;
import org.junit.jupiter.api.Test;

/** Runs the tests of the classes that are named, in a JVM whose class path somebody else has put together. */
final class EachTest {
    private EachTest() {}

    public static void main(String[] classes) throws ReflectiveOperationException {
        int passed = 0;
        for (String name : classes) {
            Constructor<?> constructor = Class.forName(name).getDeclaredConstructor();
            constructor.setAccessible(true);
            for (Method method : Class.forName(name).getDeclaredMethods()) {
                if (method.isAnnotationPresent(Test.class)) {
                    method.setAccessible(true);
                    try {
                        method.invoke(constructor.newInstance());
                        passed++;
                    } catch (InvocationTargetException e) {
                        throw new IllegalStateException("Failed: " + method, e.getCause());
                    }
                }
            }
        }
        System.out.println("clients " + AppInfoParser.getVersion() + ": " + passed + " passed");
    }
}
