"""Several sources in one engagement: ids that meet, and copies of one program made one."""
