# Every combination of try, except, else, finally, nested and in loops, with every exit.
log = []


def shape(kind, fail):
    for attempt in range(2):
        try:
            log.append("t")
            try:
                if fail == "inner":
                    raise ValueError
                if kind == "return":
                    return "R"
                if kind == "break":
                    break
                if kind == "continue":
                    continue
                log.append("b")
            except KeyError:
                log.append("never")
            else:
                log.append("e")
                if fail == "else":
                    raise KeyError
            finally:
                log.append("f")
                if fail == "finally":
                    raise IndexError
        except ValueError:
            log.append("V")
            if kind == "return":
                return "RV"
        except (KeyError, IndexError) as error:
            log.append(type(error).__name__[0])
            if kind == "continue":
                continue
        else:
            log.append("E")
        finally:
            log.append("F")
    else:
        log.append("L")
    return "end"


for kind in ("plain", "return", "break", "continue"):
    for fail in ("no", "inner", "else", "finally"):
        log.clear()
        print(kind, fail, shape(kind, fail), "".join(log))


def bare():
    try:
        raise KeyboardInterrupt("k")
    except:
        return "bare"


def only_finally():
    try:
        return "value"
    finally:
        log.append("only")


def deep(n):
    try:
        try:
            try:
                if n == 0:
                    raise ValueError(n)
                return n
            except TypeError:
                return "type"
        finally:
            if n == 1:
                return "overridden"
    except ValueError as error:
        return f"caught {error}"


print(bare(), only_finally(), deep(0), deep(1), deep(2))


def dynamic(kinds, error):
    try:
        raise error
    except kinds as e:
        return type(e).__name__
    except Exception as e:
        return "fallback " + type(e).__name__


print(
    dynamic(ValueError, ValueError()), dynamic((KeyError, ValueError), ValueError()),
    dynamic((), ValueError()), dynamic(OSError, TypeError()),
)
