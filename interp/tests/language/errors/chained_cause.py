# raise ... from ...
class ConfigError(Exception):
    pass


def load(settings):
    try:
        return settings["port"]
    except KeyError as error:
        raise ConfigError("no port configured") from error


load({})
