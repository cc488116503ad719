package io.antichain.stamping;

import java.lang.management.ManagementFactory;
import java.util.Map;
import javax.management.Attribute;
import javax.management.AttributeList;
import javax.management.AttributeNotFoundException;
import javax.management.DynamicMBean;
import javax.management.JMException;
import javax.management.MBeanAttributeInfo;
import javax.management.MBeanInfo;
import javax.management.ObjectName;

/** The figures of a life in JMX, under {@code io.antichain:type=stamping,process="NAME"}, whatever the clients are. */
final class FiguresBean implements DynamicMBean {
    private final Map<String, StampingFigures.Figure> figures;

    private FiguresBean(Map<String, StampingFigures.Figure> figures) {
        this.figures = figures;
    }

    static void register(Life life) {
        try {
            ManagementFactory.getPlatformMBeanServer().registerMBean(new FiguresBean(life.figures.all()), name(life));
        } catch (JMException e) {
            life.complaints.say(
                    "jmx",
                    life.nowMs(),
                    "The figures are not in JMX: process=" + life.clock.process()
                            + "; the wrapped clients have them among their metrics",
                    e);
        }
    }

    static void unregister(Life life) {
        try {
            ManagementFactory.getPlatformMBeanServer().unregisterMBean(name(life));
        } catch (JMException e) {
            life.complaints.say(
                    "jmx",
                    life.nowMs(),
                    "The figures were not in JMX: process=" + life.clock.process() + "; nothing is to be done",
                    e);
        }
    }

    private static ObjectName name(Life life) throws JMException {
        return new ObjectName("io.antichain:type=stamping,process="
                + ObjectName.quote(life.clock.process().toString()));
    }

    @Override
    public Object getAttribute(String attribute) throws AttributeNotFoundException {
        StampingFigures.Figure figure = figures.get(attribute);
        if (figure == null) {
            throw new AttributeNotFoundException(attribute);
        }
        return figure.value().get();
    }

    @Override
    public AttributeList getAttributes(String[] names) {
        AttributeList values = new AttributeList();
        for (String name : names) {
            if (figures.containsKey(name)) {
                values.add(new Attribute(name, figures.get(name).value().get()));
            }
        }
        return values;
    }

    @Override
    public MBeanInfo getMBeanInfo() {
        MBeanAttributeInfo[] attributes = figures.values().stream()
                .map(figure -> new MBeanAttributeInfo(
                        figure.name(), Number.class.getName(), figure.description(), true, false, false))
                .toArray(MBeanAttributeInfo[]::new);
        return new MBeanInfo(
                FiguresBean.class.getName(), "Stamping clients of a process", attributes, null, null, null);
    }

    @Override
    public void setAttribute(Attribute attribute) throws AttributeNotFoundException {
        throw new AttributeNotFoundException(attribute.getName());
    }

    @Override
    public AttributeList setAttributes(AttributeList attributes) {
        return new AttributeList();
    }

    @Override
    public Object invoke(String action, Object[] parameters, String[] signature) {
        throw new UnsupportedOperationException(action);
    }
}
